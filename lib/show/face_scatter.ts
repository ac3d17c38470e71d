import type { RgbImage } from "../image/mod.ts";
import { checkImages } from "./canvas.ts";
import { chartSize, type Point, pointPlaces } from "./twin/mod.ts";
import { base64, type Drawing } from "./drawing.ts";
import { type FaceScatterSettings, startFaceScatter } from "./face_scatter_script.ts";
import { interactive } from "./interactive.ts";
import { scatter, type ScatterOptions, type ScatterPoints } from "./scatter.ts";
import { makeSprite } from "./sprite.ts";
import { escapeXml } from "./svg.ts";
import { family, ink } from "./theme.ts";

/** How a scatter of faces is drawn. */
export interface FaceScatterOptions extends ScatterOptions {
  /** Width of the stored faces in pixels. Default: 64, or less where there are many. */
  readonly faceSize?: number;
}

/**
 * Points where two numbers meet; the face of the point under the pointer is shown beside it. Carries
 * all it needs (under 1.5 MB) and works without a kernel.
 *
 * @param faces the face of each point
 */
export function faceScatter(
  points: ScatterPoints,
  faces: Iterable<RgbImage>,
  options: FaceScatterOptions = {},
): Drawing {
  const list = checkImages(faces, "the scatter of faces");
  if (list.length !== points.x.length) {
    throw new RangeError(
      `Expected a face for each of ${points.x.length} points but got ${list.length} faces`,
    );
  }
  const chart = scatter(points, options);
  const first = list[0] as RgbImage;
  const size = options.faceSize ?? Math.min(first.width, list.length > 500 ? 48 : 64);
  const columns = Math.ceil(Math.sqrt(list.length));
  return interactive<FaceScatterSettings>({
    text: chart.text,
    script: startFaceScatter,
    make: async () => {
      const picture = `data:image/jpeg;base64,${
        base64((await chart.encoded())[0]?.bytes ?? new Uint8Array())
      }`;
      const { url } = await makeSprite(list, columns, {
        size,
        maximumLength: 1_400_000 - picture.length,
        quality: 68,
      });
      const { width = chartSize.width, height = chartSize.height } = chart.layout;
      const wide = 112;
      const settings = {
        places: placesInOrder(points, options).map((place) =>
          place && [round(place[0] / width), round(place[1] / height)] as const
        ),
        chart: [width, height] as const,
        columns,
        rows: Math.ceil(list.length / columns),
        face: [wide, Math.round(wide * first.height / first.width)] as const,
        texts: points.text ?? [],
      };
      return { html: scatterHtml(picture, url, chart.text, settings), settings };
    },
    still: async () => await chart.files[".png"]?.() ?? new Uint8Array(),
  });
}

/** Places in the order of the points: the chart itself has them group by group. */
function placesInOrder(points: ScatterPoints, options: ScatterOptions): (Point | null)[] {
  const { traces, layout } = scatter(points, options);
  const places = pointPlaces(traces, layout);
  if (traces.length === 1) return places[0] ?? [];
  const next = new Map(traces.map(({ name }, index) => [name, (places[index] ?? []).values()]));
  const groups = Array.from<unknown>(points.color ?? []);
  return groups.map((group) => next.get(String(group))?.next().value ?? null);
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function scatterHtml(
  picture: string,
  sheet: string,
  text: string,
  { chart: [width], face: [faceWidth, faceHeight] }: FaceScatterSettings,
): string {
  return `<div data-part="chart" style="position:relative;max-width:${width}px">
<img alt="${escapeXml(text)}" src="${picture}" draggable="false" \
style="display:block;width:100%;max-width:none;margin:0">
<div data-part="ring" style="display:none;position:absolute;width:12px;height:12px;\
margin:-8px 0 0 -8px;border:2px solid ${ink.text};border-radius:50%;pointer-events:none"></div>
<div data-part="card" style="display:none;position:absolute;pointer-events:none;\
background:${ink.paper};border-radius:6px;box-shadow:0 2px 12px #0004;overflow:hidden">
<div data-part="picture" style="width:${faceWidth}px;height:${faceHeight}px;\
background-image:url(${sheet})"></div>
<div data-part="text" style="font:12px ${family},system-ui,sans-serif;color:${ink.text};\
text-align:center;max-width:${faceWidth}px"></div>
</div></div>`;
}
