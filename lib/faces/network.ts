import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as tfjs from "@tensorflow/tfjs";
import { compile, tf } from "../tensorflow/mod.ts";
import { foldScales, type GraphNode, joinable, shortenPrelus } from "./joinable.ts";

/**
 * A trained network behind plain numbers. Nothing outside this file and the networks' own files
 * touches a tensor, so that how a network is executed (op by op, or compiled to one function) is
 * decided in one place.
 */
export interface Network {
  /** Height and width of an input picture in pixels. */
  readonly side: number;
  /**
   * Runs pictures through the network.
   *
   * @param input the network's own input values, [count, side, side, 3]
   * @returns one array for each output, [count, width of the output]
   */
  run(input: Float32Array, count: number): Promise<Float32Array[]>;
}

/** What {@linkcode network} needs to know. */
export interface NetworkOptions {
  readonly side: number;
  /** The most pictures in one execution. */
  readonly batch: number;
  /** The computation: [count, side, side, 3] to tensors whose first axis is the count. */
  readonly compute: (input: tfjs.Tensor4D) => tfjs.Tensor[];
}

/**
 * A {@linkcode Network} from its computation, compiled to one TensorFlow function where TensorFlow is
 * the engine. It runs on another thread, so that the next faces are cut out meanwhile.
 *
 * Two calls run at once, which keeps two cores busier than one after the other. Each has a copy of
 * the function: oneDNN's convolution notes in its own object what it adds to (`fuse_add_src_` of
 * TensorFlow's MklConvOp), so that one function in two calls at once gives wrong numbers or crashes.
 *
 * An odd number of pictures is filled up with zeros: every number is compiled for itself, and of one
 * picture alone oneDNN computes other last bits.
 */
export function network({ side, batch, compute }: NetworkOptions): Network {
  const pixels = side * side * 3;
  const copies = Array.from({ length: 2 }, () => ({
    compiled: compile(compute, { name: "network", firstCallEager: false, rewrite: true }),
    calls: 0,
  }));
  return {
    side,
    async run(input, count) {
      const outputs: Float32Array[] = [];
      for (let start = 0; start < count; start += batch) {
        const size = Math.min(batch, count - start);
        const even = size + size % 2;
        let values = input.subarray(start * pixels, (start + size) * pixels);
        if (size < even) {
          const filled = new Float32Array(even * pixels);
          filled.set(values);
          values = filled;
        }
        const pictures = tf.tensor4d(values, [even, side, side, 3]);
        const copy = copies.reduce((idlest, other) => other.calls < idlest.calls ? other : idlest);
        copy.calls++;
        const tensors = await copy.compiled.async(pictures).finally(() => copy.calls--);
        pictures.dispose();
        for (const [position, tensor] of tensors.entries()) {
          const width = tensor.size / even;
          const output = outputs[position] ??= new Float32Array(count * width);
          const result = await tensor.data() as Float32Array;
          output.set(result.subarray(0, size * width), start * width);
          tensor.dispose();
        }
      }
      return outputs;
    },
  };
}

/** Room for pictures of equal size side by side, which {@linkcode joined} then need not copy. */
export function sideBySide(count: number, length: number): Float32Array[] {
  const whole = new Float32Array(count * length);
  return Array.from(
    { length: count },
    (_, index) => whole.subarray(index * length, (index + 1) * length),
  );
}

/** Pictures of equal size one after the other, as {@linkcode Network.run} wants them. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const length = parts.reduce((total, part) => total + part.length, 0);
  const [first] = parts;
  const areSideBySide = parts.every(({ buffer, byteOffset, byteLength }, index) =>
    buffer === first!.buffer && byteOffset === first!.byteOffset + index * byteLength
  );
  if (first && areSideBySide) return new Float32Array(first.buffer, first.byteOffset, length);
  const whole = new Float32Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Absolute path of a file inside an installed npm package. */
export function packageFile(name: string, ...parts: string[]): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const folder = join("node_modules", ...name.split("/"));
  const end = entry.lastIndexOf(folder);
  if (end < 0) return join(dirname(entry), "..", ...parts);
  return join(entry.slice(0, end + folder.length), ...parts);
}

/** A graph of TensorFlow's operations with its weights, as the converter of tfjs writes it. */
interface GraphFile {
  readonly modelTopology: { readonly node: GraphNode[] };
  readonly weightsManifest: readonly { readonly weights: tfjs.io.WeightsManifestEntry[] }[];
}

/**
 * Loads one of the graph models in the npm package of Human, without its pipeline: no caching
 * between frames, raw outputs in place of rounded ones, any number of pictures at once.
 *
 * @param name file name without its ending: `blazeface`, `facemesh`, `faceres`
 * @param outputs names of the operations whose results are wanted
 * @returns the computation, [batch, side, side, 3] to one tensor for each output
 */
export async function loadHumanGraph(
  name: string,
  outputs: string[],
): Promise<NetworkOptions["compute"]> {
  const path = packageFile("@vladmandic/human", "models", `${name}.json`);
  const file: GraphFile = JSON.parse(await Deno.readTextFile(path));
  const bytes = await Deno.readFile(path.replace(/json$/, "bin"));
  const weightSpecs = file.weightsManifest.flatMap(({ weights }) => weights);
  freeTheBatch(file, weightSpecs, bytes);
  const weights = tf.io.decodeWeights(bytes.buffer, weightSpecs);
  const node = shortenPrelus(
    file.modelTopology.node,
    (name) => weights[name]!.dataSync<"float32">(),
  );
  tf.dispose(weights);
  const scales = joinable(node);
  const model = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: { ...file.modelTopology, node },
        weightSpecs,
        weightData: bytes.buffer,
      }),
  });
  foldScales(model.weights, scales);
  // A single output does not come as a list.
  return (input) => [model.execute(input, outputs)].flat();
}

/** Lets a graph that was frozen for one picture take a batch: its input and its final reshapes. */
function freeTheBatch(
  file: GraphFile,
  specs: readonly tfjs.io.WeightsManifestEntry[],
  bytes: Uint8Array<ArrayBuffer>,
): void {
  for (const node of file.modelTopology.node) {
    const first = node.op === "Placeholder" ? node.attr?.shape?.shape.dim[0] : undefined;
    if (first) first.size = "-1";
  }
  const bytesPerValue: Record<string, number> = { float16: 2, uint8: 1, uint16: 2 };
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const count = shape.reduce((product, length) => product * length, 1);
    // A rank-3 reshape of [1, anchors, values] is the only place where the one picture is written.
    if (dtype === "int32" && name.endsWith("/shape") && view.getInt32(offset, true) === 1) {
      view.setInt32(offset, -1, true);
    }
    offset += count * (quantization ? bytesPerValue[quantization.dtype] ?? 4 : 4);
  }
}
