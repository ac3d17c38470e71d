import { encodePng, type RgbImage } from "../image/mod.ts";
import { checkImages } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";
import { type ExplorerSettings, startExplorer } from "./explorer_script.ts";
import { openFaceSheet } from "./face_sheet_script.ts";
import { interactive } from "./interactive.ts";
import { latentGrid, type LatentGridOptions } from "./latent_grid.ts";
import { makeSprite } from "./sprite.ts";
import { escapeXml } from "./svg.ts";
import { family, ink } from "./theme.ts";

/**
 * A square to drag in, and the face at that place: between the faces of a grid it is blended from
 * the four around it. Carries all it needs (under 1.5 MB) and works without a kernel.
 *
 * @param images faces decoded on a grid of two values, in the order of {@linkcode latentGrid}: row by
 * row from the top left, the first value growing to the right, the second one upwards
 * @throws RangeError where rows are not full, or, when it is drawn, where the faces are too many
 */
export function explorer(images: Iterable<RgbImage>, options: LatentGridOptions = {}): Drawing {
  const list = checkImages(images, "the explorer");
  const { range: [low, high] = [-1, 1], labels = ["first value", "second value"] } = options;
  // Also checks that rows are full.
  const still = latentGrid(list, options);
  const columns = options.columns ?? Math.round(Math.sqrt(list.length));
  const first = list[0] as RgbImage;
  const size = options.size ?? Math.min(128, first.width);
  return interactive({
    text: `Explorer: ${still.text}`,
    script: startExplorer,
    tool: openFaceSheet,
    make: async () => {
      const { url, width, height } = await makeSprite(list, columns, {
        size,
        maximumLength: 1_400_000,
      });
      const settings = { columns, rows: list.length / columns, width, height, low, high, labels };
      return { html: explorerHtml(url, settings), settings };
    },
    still: async () => await encodePng(await still.image()),
  });
}

function explorerHtml(url: string, settings: ExplorerSettings): string {
  const { columns, rows, width, height, labels } = settings;
  const wide = 336;
  const tall = Math.round(wide * rows * height / (columns * width));
  const faceTall = Math.round(wide * height / width);
  const name = `${labels[0]} to the right, ${labels[1]} upwards`;
  return `<div style="display:flex;flex-wrap:wrap;gap:20px;align-items:flex-start;\
font:13px ${family},system-ui,sans-serif">
<div data-part="pad" tabindex="0" role="slider" aria-label="${escapeXml(name)}" \
aria-valuenow="0" style="position:relative;width:${wide}px;height:${tall}px;cursor:crosshair;\
touch-action:none;user-select:none;border-radius:6px;overflow:hidden">
<img data-part="sheet" alt="${escapeXml(`Faces decoded on a grid: ${name}`)}" src="${url}" \
draggable="false" style="display:block;width:100%;height:100%;max-width:none;margin:0;opacity:.75;\
pointer-events:none">
<div data-part="ring" style="display:none;position:absolute;width:18px;height:18px;\
margin:-11px 0 0 -11px;border:2px solid ${ink.paper};border-radius:50%;\
box-shadow:0 0 0 1.5px ${ink.text},inset 0 0 0 1.5px ${ink.text};pointer-events:none"></div>
</div>
<div data-part="controls" style="display:none">
<canvas data-part="face" width="${width}" height="${height}" \
style="display:block;width:${wide}px;height:${faceTall}px;border-radius:6px"></canvas>
<div style="display:flex;justify-content:space-between;align-items:center;margin-top:8px">
<span data-part="values" style="white-space:pre;font-variant-numeric:tabular-nums"></span>
<button data-part="walk" type="button" style="font:inherit;padding:4px 12px;border-radius:6px;\
border:1px solid ${ink.line};background:transparent;color:inherit;cursor:pointer">▶ walk</button>
</div></div></div>
<p data-part="note" style="font:13px ${family},system-ui,sans-serif;color:${ink.quiet}">\
An interactive drawing: open the notebook in JupyterLab or VS Code to drag in it.</p>`;
}
