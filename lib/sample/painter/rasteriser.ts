import { attributeCount, type Geometry, material } from "./geometry.ts";
import { strandEnd, strandsAcross } from "./hair/strands.ts";

/** For every sample the nearest triangle (or -1) and its depth. */
export class VisibilityBuffer {
  width = 0;
  height = 0;
  triangle = new Int32Array(0);
  depth = new Float32Array(0);

  reset(width: number, height: number): void {
    const size = width * height;
    this.width = width;
    this.height = height;
    if (this.triangle.length < size) {
      this.triangle = new Int32Array(size);
      this.depth = new Float32Array(size);
    }
    this.triangle.fill(-1, 0, size);
    this.depth.fill(-1e9, 0, size);
  }

  /** Finds what each sample sees. Hair is two-sided and has gaps between its strands. */
  draw(geometry: Geometry): void {
    const { screenX, screenY, depth: z, attributes, corners, materials, parts } = geometry;
    const { width, height, triangle: ids, depth: nearest } = this;
    for (let index = 0; index < geometry.triangleCount; index++) {
      const a = corners[3 * index]!;
      let b = corners[3 * index + 1]!;
      let c = corners[3 * index + 2]!;
      const ax = screenX[a]!;
      const ay = screenY[a]!;
      let bx = screenX[b]!;
      let by = screenY[b]!;
      let cx = screenX[c]!;
      let cy = screenY[c]!;
      let area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
      const hair = materials[index] === material.hair;
      if (area >= 0) {
        if (!hair || area === 0) continue;
        [b, c] = [c, b];
        [bx, by, cx, cy] = [cx, cy, bx, by];
        area = -area;
      }
      const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
      const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
      const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
      const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
      if (left > right || top > bottom) continue;
      const inverse = 1 / area;
      const za = z[a]!;
      const zb = z[b]!;
      const zc = z[c]!;
      // Weights of corners b and c change by a constant from sample to sample.
      const bStepX = -(cy - ay) * -inverse;
      const bStepY = (cx - ax) * -inverse;
      const cStepX = (by - ay) * -inverse;
      const cStepY = -(bx - ax) * -inverse;
      const startX = left + 0.5 - ax;
      const startY = top + 0.5 - ay;
      let bRow = startX * bStepX + startY * bStepY;
      let cRow = startX * cStepX + startY * cStepY;
      const part = parts[index]!;
      for (let y = top; y <= bottom; y++) {
        let wb = bRow;
        let wc = cRow;
        let sample = y * width + left;
        for (let x = left; x <= right; x++, sample++) {
          if (wb >= -1e-6 && wc >= -1e-6 && wb + wc <= 1.000001) {
            const d = za + (zb - za) * wb + (zc - za) * wc;
            if (d > nearest[sample]!) {
              let solid = true;
              if (hair) {
                const wa = 1 - wb - wc;
                const u = attributes[a * attributeCount]! * wa +
                  attributes[b * attributeCount]! * wb + attributes[c * attributeCount]! * wc;
                const t = attributes[a * attributeCount + 1]! * wa +
                  attributes[b * attributeCount + 1]! * wb +
                  attributes[c * attributeCount + 1]! * wc;
                solid = t < strandEnd(part, (u * 0.5 + 0.5) * strandsAcross);
              }
              if (solid) {
                nearest[sample] = d;
                ids[sample] = index;
              }
            }
          }
          wb += bStepX;
          wc += cStepX;
        }
        bRow += bStepY;
        cRow += cStepY;
      }
    }
  }
}
