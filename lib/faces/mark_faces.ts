import { Buffer } from "node:buffer";
import type { FaceRow } from "../catalog/mod.ts";
import { asSharp, type RgbImage } from "../image/mod.ts";
import { invertTransform, type Transform, transformPoint } from "./geometry.ts";

/** What {@linkcode markFaces} draws of a face. */
export type MarkedFace = Pick<FaceRow, "box" | "landmarks" | "transform" | "reason">;

/**
 * A picture with its faces drawn into it: the box around the mesh, the line through both eyes and,
 * dashed, the outline of the crop. Usable faces are green, rejected ones red.
 *
 * @param size width and height of the crop that the faces' transforms lead to
 */
export async function markFaces(
  image: RgbImage,
  faces: readonly MarkedFace[],
  { size = 100 }: { readonly size?: number } = {},
): Promise<RgbImage> {
  const { width, height } = image;
  const pen = Math.max(1, Math.max(width, height) / 350);
  const marks = faces.map(({ box: [x, y, w, h], landmarks, transform, reason }) => {
    const colour = reason ? "#ff3b5c" : "#35e08a";
    const [left, right] = [landmarks.leftEye!, landmarks.rightEye!];
    const corners = transform
      ? [[0, 0], [size, 0], [size, size], [0, size]].map(([cx, cy]) =>
        transformPoint(invertTransform(transform as unknown as Transform), [cx!, cy!]).join()
      ).join(" ")
      : "";
    const line = `stroke="${colour}" fill="none" stroke-width="${pen}"`;
    const eye = ([ex, ey]: readonly [number, number]) =>
      `<circle cx="${ex}" cy="${ey}" r="${1.6 * pen}" fill="${colour}"/>`;
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" ${line}/>` +
      `<line x1="${left[0]}" y1="${left[1]}" x2="${right[0]}" y2="${right[1]}" ${line}/>` +
      eye(left) + eye(right) +
      `<polygon points="${corners}" ${line} stroke-dasharray="${4 * pen} ${3 * pen}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `${marks.join("")}</svg>`;
  const drawn = await asSharp(image)
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha().raw().toBuffer();
  return { width, height, data: new Uint8Array(drawn) };
}
