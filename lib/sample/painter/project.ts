import { type Camera, cameraDistance, type Vector } from "./camera.ts";
import type { Geometry } from "./geometry.ts";

/** Puts a vertex where the camera sees a camera-space place. */
export function project(
  geometry: Geometry,
  index: number,
  [x, y, z]: Vector,
  camera: Camera,
): void {
  const scale = camera.scale * cameraDistance / (cameraDistance - z);
  geometry.screenX[index] = camera.x + x * scale;
  geometry.screenY[index] = camera.y - y * scale;
  geometry.depth[index] = z;
}
