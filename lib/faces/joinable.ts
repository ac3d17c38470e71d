import type * as tfjs from "@tensorflow/tfjs";

/** A node of a graph model's file. */
export interface GraphNode {
  readonly name: string;
  op: string;
  input?: string[];
  readonly attr?: {
    readonly shape?: { readonly shape: { dim: { size: string }[] } };
    /** What a fused operation does behind its first: names in base64. */
    readonly fused_ops?: { readonly list: { readonly s: string[] } };
    /** What it needs for that: a bias, the slopes of a prelu. */
    readonly num_args?: { readonly i: string };
  };
}

/** A factor for each channel that belongs into the kernel of a depthwise convolution. */
interface Scale {
  readonly kernel: string;
  readonly factors: string;
}

/**
 * Rewrites a graph so that every convolution is followed by a bias and an activation, which
 * TensorFlow's optimiser makes one operation of. A relu that is cut by a minimum and a maximum, in
 * these graphs always at 6 and 0, becomes `Relu6`; a depthwise convolution loses the product behind it.
 *
 * @returns the products that were taken out, for {@linkcode foldScales}
 */
export function joinable(nodes: readonly GraphNode[]): Scale[] {
  const named = new Map(nodes.map((node) => [node.name, node]));
  const before = ({ input = [] }: GraphNode) => named.get(input[0]!);
  const pass = (node: GraphNode) => {
    node.op = "Identity";
    node.input = node.input!.slice(0, 1);
  };
  const scales: Scale[] = [];
  for (const node of nodes) {
    const first = before(node);
    if (node.op === "Mul" && first?.op === "DepthwiseConv2dNative") {
      scales.push({ kernel: first.input![1]!, factors: node.input![1]! });
      pass(node);
    }
    const relu = first && before(first);
    if (node.op === "Maximum" && first?.op === "Minimum" && relu?.op === "Relu") {
      relu.op = "Relu6";
      pass(first);
      pass(node);
    }
  }
  return scales;
}

/**
 * Replaces every prelu whose slopes are all at most 1 by max(x, slope x): two operations in place of
 * the four that TensorFlow.js makes of it, and the same numbers.
 *
 * @param slopes the values of a weight by its name
 */
export function shortenPrelus(
  nodes: readonly GraphNode[],
  slopes: (name: string) => ArrayLike<number>,
): GraphNode[] {
  return nodes.flatMap((node): GraphNode[] => {
    const { name, op, input = [], attr } = node;
    const fused = attr?.fused_ops?.list.s ?? [];
    const isFused = fused.length > 0 && atob(fused.at(-1)!) === "Prelu";
    const slope = input.at(-1)!;
    if (!(isFused || op === "Prelu")) return [node];
    if (Array.from(slopes(slope)).some((value) => value > 1)) return [node];
    const before = isFused ? `${name}/before` : input[0]!;
    const scaled = `${name}/scaled`;
    const rest = {
      ...attr,
      fused_ops: { list: { s: fused.slice(0, -1) } },
      num_args: { i: String(fused.length - 1) },
    };
    return [
      ...(isFused ? [{ ...node, name: before, input: input.slice(0, -1), attr: rest }] : []),
      { name: scaled, op: "Mul", input: [before, slope] },
      { name, op: "Maximum", input: [before, scaled] },
    ];
  });
}

/** Multiplies kernels of depthwise convolutions, [height, width, channels, 1], by their factors. */
export function foldScales(weights: Record<string, tfjs.Tensor[]>, scales: readonly Scale[]): void {
  for (const { kernel, factors } of scales) {
    const [own, factor] = [weights[kernel]![0]!, weights[factors]![0]!];
    weights[kernel] = [own.mul(factor.reshape([-1, 1]))];
    own.dispose();
  }
}
