import type { RgbImage } from "../../image/mod.ts";
import { paintBackground } from "./background.ts";
import { developed } from "./people.ts";
import { Random } from "./random.ts";

/** Paints a picture without people. */
export function paintScene(
  seed: number,
  { width, height }: { readonly width: number; readonly height: number },
): RgbImage {
  const random = new Random(seed, 3);
  const name = random.pick(["sky", "stage", "street", "pastel", "bokeh"] as const);
  const scene = paintBackground({
    name,
    colors: ["#86b8ea", "#e8f1fb", "#b7d5f3"],
    seed,
  }, { width, height });
  return developed(scene, { width, height }, seed);
}
