import { tf } from "../tfjs.ts";

/**
 * Makes the use of a disposed tensor an error that says so. TensorFlow.js looks for the tensor on
 * its other backends then, and fails on what it does not find.
 */
export function explainDisposedTensors(): void {
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
