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
      const ua = attributes[a * attributeCount]!;
      const ub = attributes[b * attributeCount]!;
      const uc = attributes[c * attributeCount]!;
      const ta = attributes[a * attributeCount + 1]!;
      const tb = attributes[b * attributeCount + 1]!;
      const tc = attributes[c * attributeCount + 1]!;
      // Weights of corners b and c change by a constant from sample to sample.
      const bStepX = (cy - ay) * inverse;
      const bStepY = (ax - cx) * inverse;
      const cStepX = (ay - by) * inverse;
      const cStepY = (bx - ax) * inverse;
      const aStepX = -bStepX - cStepX;
      const bTurn = bStepX === 0 ? 0 : 1 / bStepX;
      const cTurn = cStepX === 0 ? 0 : 1 / cStepX;
      const aTurn = aStepX === 0 ? 0 : 1 / aStepX;
      const startX = left + 0.5 - ax;
      const startY = top + 0.5 - ay;
      let bRow = startX * bStepX + startY * bStepY;
      let cRow = startX * cStepX + startY * cStepY;
      const part = parts[index]!;
      const zStepX = (zb - za) * bStepX + (zc - za) * cStepX;
      for (let y = top; y <= bottom; y++) {
        // The span of the row in which all three weights are positive.
        const aRow = 1 - bRow - cRow;
        let from = 0;
        let to = right - left;
        if (bStepX > 0) from = Math.max(from, -bRow * bTurn);
        else if (bStepX < 0) to = Math.min(to, -bRow * bTurn);
        else if (bRow < 0) to = -1;
        if (cStepX > 0) from = Math.max(from, -cRow * cTurn);
        else if (cStepX < 0) to = Math.min(to, -cRow * cTurn);
        else if (cRow < 0) to = -1;
        if (aStepX > 0) from = Math.max(from, -aRow * aTurn);
        else if (aStepX < 0) to = Math.min(to, -aRow * aTurn);
        else if (aRow < 0) to = -1;
        const first = Math.ceil(from - 1e-6);
        const last = Math.floor(to + 1e-6);
        let d = za + (zb - za) * bRow + (zc - za) * cRow + zStepX * first;
        let sample = y * width + left + first;
        for (let x = first; x <= last; x++, sample++, d += zStepX) {
          if (d <= nearest[sample]!) continue;
          if (hair) {
            const wb = bRow + bStepX * x;
            const wc = cRow + cStepX * x;
            const u = ua + (ub - ua) * wb + (uc - ua) * wc;
            const t = ta + (tb - ta) * wb + (tc - ta) * wc;
            if (t >= strandEnd(part, (u * 0.5 + 0.5) * strandsAcross)) continue;
          }
          nearest[sample] = d;
          ids[sample] = index;
        }
        bRow += bStepY;
        cRow += cStepY;
      }
    }
  }
}
