import type { Camera, Frame } from "./camera.ts";
import type { FaceLayout } from "./face_layout.ts";
import type { PortraitFactors } from "./factors.ts";
import type { Geometry } from "./geometry.ts";

/** Adds earrings and what else is worn. */
export function addThings(
  _geometry: Geometry,
  _figure: {
    factors: PortraitFactors;
    layout: FaceLayout;
    head: Frame;
    body: Frame;
    camera: Camera;
  },
): void {
}
