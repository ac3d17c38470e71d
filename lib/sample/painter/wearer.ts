import type { Camera, Frame } from "./camera.ts";
import type { FaceLayout } from "./face_layout.ts";
import type { PortraitFactors } from "./factors.ts";

/** What things are hung on. */
export interface Wearer {
  readonly factors: PortraitFactors;
  readonly layout: FaceLayout;
  readonly head: Frame;
  readonly body: Frame;
  readonly camera: Camera;
}
