import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

interface TapeNode {
  inputs: NamedTensorMap;
  readonly outputs: readonly Tensor[];
  readonly saved: readonly Tensor[];
  gradient?: (dys: unknown) => unknown;
}

interface GradientEngine {
  readonly state: { activeTape: TapeNode[]; readonly gradientDepth: number };
  gradients(...args: unknown[]): unknown;
  nextTensorId(): number;
  addTapeNode(
    name: string,
    inputs: NamedTensorMap,
    outputs: Tensor[],
    gradient: unknown,
    saved: Tensor[],
    attributes: unknown,
  ): void;
  runKernelFunc(parameters: { forwardFunc?: unknown }): unknown;
}

/**
 * Mends TensorFlow.js's gradient tape for gradients of gradients.
 *
 * A gradient may use the tensors that its op saved in the forward pass: copies, each of which is a
 * node of the tape. The copy of an *output* is put on the tape before the op that made the output,
 * so that a second pass, which walks backwards, meets it after the op, too late: what flows through
 * it is lost without a word (exp, tanh, sigmoid, softmax). Here such a copy goes behind its op.
 *
 * An op with a gradient of its own (`tf.customGrad`) may save a tensor from the middle of its
 * computation, which is not on the tape at all. A second pass through it is an error here.
 */
export function mendTape(): void {
  dropFailedTapes();
  const engine = tf.engine() as unknown as GradientEngine;
  const { addTapeNode, runKernelFunc } = engine;
  let firstOwnTensor = Infinity;

  engine.runKernelFunc = (parameters) => {
    if (!parameters.forwardFunc) return runKernelFunc.call(engine, parameters);
    const outer = firstOwnTensor;
    firstOwnTensor = engine.nextTensorId();
    try {
      return runKernelFunc.call(engine, parameters);
    } finally {
      firstOwnTensor = outer;
    }
  };

  engine.addTapeNode = (name, inputs, outputs, gradient, saved, attributes) => {
    addTapeNode.call(engine, name, inputs, outputs, gradient, saved, attributes);
    if (saved.length === 0) return;
    const tape = engine.state.activeTape;
    const own = tape.pop()!;
    const copies = takeCopies(tape, saved);
    const isOutput = (copy: TapeNode) => outputs.includes(copy.inputs.x!);
    const isHidden = ({ inputs: { x } }: TapeNode) =>
      x!.id >= firstOwnTensor && !Object.values(inputs).includes(x!);
    for (const copy of copies) {
      if (isOutput(copy) || !isHidden(copy)) continue;
      copy.inputs = inputs;
      copy.gradient = () => {
        throw new Error(
          `The gradient of ${name} has no gradient of its own: it uses a value from inside the ` +
            "op. Write the op in terms of simpler ones",
        );
      };
    }
    tape.push(...copies.filter((copy) => !isOutput(copy)), own, ...copies.filter(isOutput));
  };
}

/** Frees what a tape keeps when a gradient fails; TensorFlow.js leaves it behind. */
function dropFailedTapes(): void {
  const engine = tf.engine() as unknown as GradientEngine;
  const { gradients } = engine;
  engine.gradients = (...args) => {
    try {
      return gradients.apply(engine, args);
    } catch (error) {
      if (engine.state.gradientDepth === 0) {
        for (const { saved } of engine.state.activeTape ?? []) tf.dispose([...saved]);
        engine.state.activeTape = [];
      }
      throw error;
    }
  };
}

/** Takes the copies that made the saved tensors off the end of the tape, in their order. */
function takeCopies(tape: TapeNode[], saved: readonly Tensor[]): TapeNode[] {
  const copies: TapeNode[] = [];
  const wanted = new Set(saved);
  for (let index = tape.length - 1; index >= 0 && wanted.size > 0; index--) {
    const node = tape[index]!;
    if (!wanted.delete(node.outputs[0]!)) continue;
    copies.unshift(node);
    tape.splice(index, 1);
  }
  return copies;
}
