import type { NamedAttrMap, NamedTensorMap } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import type { Attribute } from "../c_library/attributes.ts";
import { tf } from "../tfjs.ts";
import { registerOp } from "./single_op.ts";

/** Replaces tfjs-node's kernels for resizing's gradients, which forget `halfPixelCenters`. */
export function registerResizeKernels(): void {
  tf.unregisterKernel(tf.ResizeBilinearGrad, "tensorflow");
  tf.unregisterKernel(tf.ResizeNearestNeighborGrad, "tensorflow");
  const flags = ({ binding }: NodeBackend, attributes: NamedAttrMap): Attribute[] => [
    { name: "align_corners", type: binding.TF_ATTR_BOOL, value: attributes.alignCorners },
    { name: "half_pixel_centers", type: binding.TF_ATTR_BOOL, value: attributes.halfPixelCenters },
  ];
  registerOp(tf.ResizeBilinearGrad, ["dy", "images"], flags);
  tf.registerKernel({
    kernelName: tf.ResizeNearestNeighborGrad,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const engine = backend as NodeBackend;
      const { dy, images } = inputs as NamedTensorMap;
      const type = engine.getDTypeInteger(dy!.dtype);
      const [, height, width] = images!.shape as [number, number, number, number];
      const size = tf.tensor1d([height, width], "int32");
      const result = engine.executeSingleOutput(tf.ResizeNearestNeighborGrad, [
        { name: "T", type: engine.binding.TF_ATTR_TYPE, value: type },
        ...flags(engine, attrs ?? {}),
      ], [dy!, size]);
      size.dispose();
      return result;
    },
  });
}
