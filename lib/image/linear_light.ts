/** Linear light, 0 to 1, of an sRGB value of 0 to 255. */
export function linearLight(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
