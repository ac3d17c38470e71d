/** Limits of a group of pictures that are worked on together. */
export interface GroupLimits {
  /** Default: 8, as many as the networks take at once. */
  readonly pictures?: number;
  /** Pixels in all, a bound for the memory. Default: 32 million; one picture may have more. */
  readonly pixels?: number;
}

/** Cuts a list of pictures into groups, in order. */
export function groups<Picture extends { width: number | null; height: number | null }>(
  pictures: readonly Picture[],
  { pictures: most = 8, pixels: mostPixels = 32e6 }: GroupLimits = {},
): Picture[][] {
  const result: Picture[][] = [];
  let pixels = 0;
  for (const picture of pictures) {
    const own = (picture.width ?? 0) * (picture.height ?? 0);
    const last = result.at(-1);
    if (last && last.length < most && pixels + own <= mostPixels) {
      last.push(picture);
      pixels += own;
    } else {
      result.push([picture]);
      pixels = own;
    }
  }
  return result;
}
