/**
 * A portrait painter: people who do not exist, with every factor known and the true places of eyes,
 * nose and mouth. No photograph, no borrowed mesh: surfaces, hair and light are computed.
 *
 * @module
 */
export { drawPerson } from "./draw_person.ts";
export { drawPose } from "./draw_pose.ts";
export type {
  Background,
  Expression,
  EyeLook,
  FaceShape,
  HairLook,
  Light,
  MakeUp,
  Person,
  PortraitFactors,
  Pose,
  Presentation,
  SkinLook,
} from "./factors.ts";
export type { BackgroundName } from "./background.ts";
export type { ClothesName } from "./clothes.ts";
export { hairColorNames } from "./hair/colors.ts";
export type { HairColorName } from "./hair/colors.ts";
export type { HairStyleName } from "./hair/styles.ts";
export type { Landmarks, Point } from "./landmarks.ts";
export type { LightName } from "./light.ts";
export { type PaintedPeople, type PaintedPerson, paintPeople, type Placement } from "./people.ts";
export { type PaintedPortrait, paintPortrait } from "./portrait.ts";
export { calmRanges, type PortraitRanges, wildRanges } from "./ranges.ts";
export { paintScene } from "./scene.ts";
