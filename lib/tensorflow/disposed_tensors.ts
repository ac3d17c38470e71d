import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { tf } from "./tfjs.ts";

/**
 * Makes the use of a disposed tensor an error that says so, and that leaves everything as it was.
 * TensorFlow.js looks for such a tensor on its other backends, and fails on what it does not find;
 * a variable that is assigned one has by then lost its old value.
 */
export function explainDisposedTensors(): void {
  guardOps();
  guardAssignment();
}

function guardOps(): void {
  const engine = tf.engine() as unknown as {
    state: { tensorInfo: WeakMap<object, unknown> };
    moveData(backend: unknown, dataId: object): void;
  };
  const { moveData } = engine;
  engine.moveData = (backend, dataId) => {
    if (!engine.state.tensorInfo.has(dataId)) {
      throw new Error("A tensor is used that was disposed: keep it longer, or use its clone()");
    }
    moveData.call(engine, backend, dataId);
  };
}

function guardAssignment(): void {
  const { prototype } = tf.Variable;
  const { assign } = prototype;
  prototype.assign = function (this: Variable, value: Tensor) {
    if (this.isDisposed) throw new Error(`The variable ${this.name} is assigned but was disposed`);
    if (value.isDisposed) {
      throw new Error(`The variable ${this.name} is assigned a tensor that was disposed`);
    }
    assign.call(this, value);
  };
}
