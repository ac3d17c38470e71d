// AssemblyScript, compiled to sample.wasm by `deno task compile-sampler`: the inner loop of warp.ts.

/** Bits behind the point of a place in the picture, and of a place that the taps are known for. */
const placeBits = 32;
const tapBits = 8;

/**
 * Samples pixels along parallel lines. A place is where the first tap may lie at the earliest, a
 * fixed-point number of source pixels, rounded to one of 256 places between two of them.
 *
 * @param source bytes of the source, [height, width, 3]
 * @param width of the source in pixels
 * @param taps 32-bit weights, [257, count], by how far the first tap lies behind its place
 * @param target 32-bit results, three a pixel, `lineBytes` from line to line
 * @param x, y place of the first pixel; `alongX` and `alongY` lead to the next pixel of its line,
 *   `downX` and `downY` to the next line
 */
export function sample(
  source: usize,
  width: i32,
  taps: usize,
  count: i32,
  target: usize,
  lineBytes: i32,
  rows: i32,
  columns: i32,
  scale: f32,
  x: i64,
  y: i64,
  alongX: i64,
  alongY: i64,
  downX: i64,
  downY: i64,
): void {
  const tapBytes = count << 2;
  for (let row = 0; row < rows; row++) {
    let placeX = x, placeY = y, out = target;
    for (let column = 0; column < columns; column++) {
      const tapX = <i32>(placeX >> (placeBits - tapBits));
      const tapY = <i32>(placeY >> (placeBits - tapBits));
      const firstX = (tapX + 255) >> tapBits;
      const firstY = (tapY + 255) >> tapBits;
      const weightsX = taps + ((firstX << tapBits) - tapX) * tapBytes;
      const weightsY = taps + ((firstY << tapBits) - tapY) * tapBytes;
      let line = source + 3 * (firstY * width + firstX);
      let sum = f32x4.splat(0);
      for (let atY = weightsY; atY < weightsY + tapBytes; atY += 4) {
        let pixel = line;
        let lineSum = f32x4.splat(0);
        for (let atX = weightsX; atX < weightsX + tapBytes; atX += 4) {
          lineSum = f32x4.add(lineSum, f32x4.mul(colour(pixel), v128.load32_splat(atX)));
          pixel += 3;
        }
        sum = f32x4.add(sum, f32x4.mul(lineSum, v128.load32_splat(atY)));
        line += 3 * width;
      }
      sum = f32x4.mul(sum, f32x4.splat(scale));
      v128.store64_lane(out, sum, 0);
      v128.store32_lane(out, sum, 2, 8);
      out += 12;
      placeX += alongX;
      placeY += alongY;
    }
    target += lineBytes;
    x += downX;
    y += downY;
  }
}

/** Red, green and blue of a pixel; the fourth number is its neighbour's red. */
@inline
function colour(pixel: usize): v128 {
  const bytes = v128.load32_zero(pixel);
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
}
