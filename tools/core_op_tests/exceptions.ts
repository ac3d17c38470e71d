const explicitPadding = "convolutions take 'same' and 'valid' padding; an error says so";
const signOfNaN = "TensorFlow's sign of NaN is NaN";
const reflected = "the test expects a gradient without the reflected part, which ours adds";
const kink = "at 0, where selu has no slope, TensorFlow takes that of the right side";
const einsum = "TensorFlow computes what TensorFlow.js does not implement";

/** Tests that fail on TensorFlow, by words of their names, and why. */
export const exceptions: readonly (readonly [words: string, reason: string])[] = [
  ["errors if relevant ops are missing grads", "the op that the test takes has a gradient here"],
  ["avgPool3d engine {} x=[1,1,1,1,1] f=[1,1,3] s=1 p=valid", "an empty result is an error here"],
  [
    "conv2dTranspose engine {} gradient input=[1,3,3,1] f=[2,2,2,1] s=[1,1] p=explicit",
    explicitPadding,
  ],
  [
    "conv2dTranspose engine {} input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4",
    "the sizes contradict each other, which is an error here",
  ],
  ["einsum engine {} 2d matrix calculate trace", einsum],
  ["einsum engine {} nonexistent dimension throws error", einsum],
  ["mirrorPad engine {} grad", reflected],
  [
    "raggedTensorToTensor  engine {} does not have memory leak.",
    "the test counts on a backend that copies what it is given",
  ],
  ["selu engine {} gradients", kink],
  ["sign engine {} basic", signOfNaN],
  ["sign engine {} does not propagate NaNs", signOfNaN],
  ["sign engine {} accepts a tensor-like object", signOfNaN],
  ["tan engine {} numbers exceed float32 precision", "the last bit of a large number differs"],
  ["unique engine {} 1d tensor with NaN", "TensorFlow takes every NaN for another value"],
];
