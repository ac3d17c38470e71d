import assert from "node:assert/strict";
import type * as tfjs from "@tensorflow/tfjs";
import { foldScales, type GraphNode, joinable, shortenPrelus } from "../../lib/faces/joinable.ts";
import { tf } from "../../lib/tensorflow/mod.ts";
import { assertNear } from "../tensorflow/assert_near.ts";

Deno.test("joinable makes one Relu6 of a relu, a minimum and a maximum, and leaves a lone relu", () => {
  const nodes: GraphNode[] = [
    { name: "sum", op: "Add", input: ["image", "bias"] },
    { name: "relu", op: "Relu", input: ["sum"] },
    { name: "minimum", op: "Minimum", input: ["relu", "six"] },
    { name: "maximum", op: "Maximum", input: ["minimum", "zero"] },
    { name: "other", op: "Relu", input: ["maximum"] },
  ];
  assert.deepEqual(joinable(nodes), []);
  assert.deepEqual(nodes.map(({ op }) => op), ["Add", "Relu6", "Identity", "Identity", "Relu"]);
  assert.deepEqual(nodes[3]!.input, ["minimum"]);
});

Deno.test("shortenPrelus makes a product and a maximum of a prelu with slopes up to 1, fused or not", () => {
  const fused = {
    fused_ops: { list: { s: [btoa("BiasAdd"), btoa("Prelu")] } },
    num_args: { i: "2" },
  };
  const nodes: GraphNode[] = [
    {
      name: "convolution",
      op: "_FusedConv2D",
      input: ["image", "kernel", "bias", "gentle"],
      attr: fused,
    },
    { name: "prelu", op: "Prelu", input: ["convolution", "gentle"] },
    { name: "other", op: "Prelu", input: ["prelu", "steep"] },
  ];
  const slopes = { gentle: [-0.5, 1], steep: [0.5, 1.25] };
  assert.deepEqual(shortenPrelus(nodes, (name) => slopes[name as keyof typeof slopes]), [
    {
      name: "convolution/before",
      op: "_FusedConv2D",
      input: ["image", "kernel", "bias"],
      attr: { fused_ops: { list: { s: [btoa("BiasAdd")] } }, num_args: { i: "1" } },
    },
    { name: "convolution/scaled", op: "Mul", input: ["convolution/before", "gentle"] },
    { name: "convolution", op: "Maximum", input: ["convolution/before", "convolution/scaled"] },
    { name: "prelu/scaled", op: "Mul", input: ["convolution", "gentle"] },
    { name: "prelu", op: "Maximum", input: ["convolution", "prelu/scaled"] },
    nodes[2],
  ]);
});

Deno.test("foldScales puts the factors behind a depthwise convolution into its kernel", () => {
  const nodes: GraphNode[] = [
    { name: "depthwise", op: "DepthwiseConv2dNative", input: ["image", "kernel"] },
    { name: "product", op: "Mul", input: ["depthwise", "factors"] },
  ];
  const scales = joinable(nodes);
  assert.deepEqual(nodes[1], { name: "product", op: "Identity", input: ["depthwise"] });
  const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
  const image = random([1, 5, 5, 4], 1) as tfjs.Tensor4D;
  const [kernel, factors] = [random([3, 3, 4, 1], 2) as tfjs.Tensor4D, random([4], 3)];
  const convolve = (filter: tfjs.Tensor) =>
    tf.depthwiseConv2d(image, filter as tfjs.Tensor4D, 1, "same");
  const expected = convolve(kernel).mul(factors).dataSync<"float32">();
  const weights = { kernel: [kernel as tfjs.Tensor], factors: [factors] };
  foldScales(weights, scales);
  assertNear(convolve(weights.kernel[0]!), expected, { share: 1e-6, what: "convolution" });
});
