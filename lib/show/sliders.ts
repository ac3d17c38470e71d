import { encodePng, type RgbImage } from "../image/mod.ts";
import { checkImages } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";
import { openFaceSheet } from "./face_sheet_script.ts";
import { interactive } from "./interactive.ts";
import { montage } from "./montage.ts";
import { makeSprite } from "./sprite.ts";
import { type SlidersSettings, startSliders } from "./sliders_script.ts";
import { escapeXml } from "./svg.ts";
import { family, ink } from "./theme.ts";

/** The sliders and their stops. */
export interface SlidersOptions {
  /** Names of the sliders; the last one changes fastest in the list of pictures. */
  readonly names: readonly string[];
  /** Stops of each slider, the smallest value first. */
  readonly stops: readonly number[];
  /** Width of a picture in the page's data, in pixels. Default: the first picture's, at most 96. */
  readonly size?: number;
}

/**
 * One face and a slider for each of its attributes: between stops it is blended. Carries all it needs
 * (under 1.5 MB) and works without a kernel.
 *
 * @param images one for each combination of stops, the last slider's changing fastest
 * @throws RangeError where their number is not that of the combinations
 */
export function sliders(
  images: Iterable<RgbImage>,
  { names, stops, size }: SlidersOptions,
): Drawing {
  const list = checkImages(images, "the sliders");
  const expected = stops.length ** names.length;
  if (list.length !== expected) {
    throw new RangeError(
      `Expected ${expected} pictures, ${stops.length} stops for each of ${names.length} sliders, ` +
        `but found ${list.length}`,
    );
  }
  const columns = stops.length;
  const still = montage(list.slice(0, columns ** 2), { columns });
  return interactive({
    text: `A face with sliders for ${names.join(", ")}`,
    script: startSliders,
    tool: openFaceSheet,
    make: async () => {
      const sprite = await makeSprite(list, columns, {
        size: size ?? Math.min(96, list[0]!.width),
        maximumLength: 1_400_000,
      });
      const { url, width, height } = sprite;
      const settings = { names, stops, width, height };
      return { html: slidersHtml(url, settings), settings };
    },
    still: async () => await encodePng(await still.image()),
  });
}

function slidersHtml(url: string, { names, stops, width, height }: SlidersSettings): string {
  const wide = 288;
  const rows = names.map((name, index) =>
    `<label style="display:block;margin:10px 0">${escapeXml(name)}<br>
<input data-part="slider-${index}" type="range" min="0" max="${stops.length - 1}" step="0.05" \
value="${(stops.length - 1) / 2}" style="width:260px"></label>`
  ).join("");
  return `<div style="display:flex;flex-wrap:wrap;gap:24px;align-items:center;\
font:13px ${family},system-ui,sans-serif">
<img data-part="sheet" alt="" src="${url}" style="display:none">
<canvas data-part="face" width="${width}" height="${height}" \
style="display:none;width:${wide}px;height:${Math.round(wide * height / width)}px;\
border-radius:6px"></canvas>
<div data-part="controls" style="display:none">${rows}</div></div>
<p data-part="note" style="font:13px ${family},system-ui,sans-serif;color:${ink.quiet}">\
An interactive drawing: open the notebook in JupyterLab or VS Code to move its sliders.</p>`;
}
