/**
 * The pixels that can be reached from the first ones by steps to the left, right, up and down.
 *
 * @param seeds positions of the first pixels, row by row
 * @param mayJoin whether a pixel joins the region that its neighbour belongs to
 * @returns 1 for each pixel of the region
 */
export function growRegion(
  { width, height }: { readonly width: number; readonly height: number },
  seeds: readonly number[],
  mayJoin: (pixel: number, neighbour: number) => boolean,
): Uint8Array {
  const region = new Uint8Array(width * height);
  const queue = [...seeds];
  for (const pixel of queue) region[pixel] = 1;
  for (let next = 0; next < queue.length; next++) {
    const from = queue[next]!;
    const x = from % width;
    const neighbours = [
      ...(x > 0 ? [from - 1] : []),
      ...(x < width - 1 ? [from + 1] : []),
      from - width,
      from + width,
    ];
    for (const pixel of neighbours) {
      // Above the first row and below the last one there is no 0 either.
      if (region[pixel] !== 0 || !mayJoin(pixel, from)) continue;
      region[pixel] = 1;
      queue.push(pixel);
    }
  }
  return region;
}
