/**
 * Pictures as plain bytes: reading, writing, and the way to and from tensors.
 *
 * @module
 */
export type { ImageLike, RgbImage } from "./rgb_image.ts";
export { imagesFromTensor, tensorValues } from "./tensor_images.ts";
export { asSharp } from "./as_sharp.ts";
export { decodeImage, type DecodeOptions } from "./decode.ts";
export { encodeJpeg, encodePng } from "./encode.ts";
export { resizeImage } from "./resize_image.ts";
export { cielab, cielabPixels, colorDistance, type Lab, medianColor } from "./cielab.ts";
export { lightness, lightnessOfLuminance, type Region } from "./lightness.ts";
