/** A picture of 8-bit RGB pixels, row by row from the top left: `data[(y * width + x) * 3 + channel]`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The part of a tensor that pictures are read from, so that this module needs no tensor library. */
export interface ImageLike {
  readonly shape: readonly number[];
  data(): Promise<Float32Array | Int32Array | Uint8Array>;
}
