import type { ClothesName } from "./clothes.ts";
import type { HairColorName } from "./hair/colors.ts";
import type { HairStyleName } from "./hair/styles.ts";
import type { BackgroundName } from "./background.ts";
import type { LightName } from "./light.ts";

/** How a person presents: what a gender model is expected to say. */
export type Presentation = "woman" | "man";

/**
 * The bones and soft parts of one face. Every number is a deviation from the average face of its
 * presentation in units of roughly one standard deviation, so 0 is average and most lie in [-2, 2].
 */
export interface FaceShape {
  readonly faceWidth: number;
  readonly faceLength: number;
  readonly jawWidth: number;
  readonly chinLength: number;
  readonly chinPoint: number;
  readonly cheekbones: number;
  readonly cheekFullness: number;
  readonly forehead: number;
  readonly eyeDistance: number;
  readonly eyeHeight: number;
  readonly eyeWidth: number;
  readonly eyeOpening: number;
  readonly eyeTilt: number;
  readonly eyeLevel: number;
  readonly browHeight: number;
  readonly browArch: number;
  readonly browThickness: number;
  readonly browTilt: number;
  readonly noseLength: number;
  readonly noseWidth: number;
  readonly noseHeight: number;
  readonly noseBridge: number;
  readonly noseTip: number;
  readonly noseTurn: number;
  readonly mouthWidth: number;
  readonly mouthHeight: number;
  readonly upperLip: number;
  readonly lowerLip: number;
  readonly cupidBow: number;
}

/** Eyes apart from their shape. */
export interface EyeLook {
  /** Colour of the iris (contact lenses included). */
  readonly iris: "black" | "dark brown" | "brown" | "hazel" | "grey" | "blue" | "green";
  /** Size of the iris against the average. */
  readonly irisSize: number;
  /** A fold above the lashes. */
  readonly doubleLid: boolean;
  /** Fullness under the eye (aegyo-sal), 0 to 1. */
  readonly underEye: number;
}

/** Hair: style, colours and the numbers that make two heads of one style differ. */
export interface HairLook {
  readonly style: HairStyleName;
  readonly color: HairColorName;
  /** Colour of the ends (dip-dye) or of the other half (two-tone), or null for one colour. */
  readonly secondColor: HairColorName | null;
  readonly pattern: "plain" | "dip-dye" | "two-tone" | "streaks" | "dark roots";
  /** Luminance of the main colour in linear light, 0 (black) to 1 (white). */
  readonly lightness: number;
  /** Length against the style's usual one. */
  readonly length: number;
  readonly volume: number;
  readonly wave: number;
  /** Where the hair parts, -1 (image left of a frontal face) to 1. */
  readonly parting: number;
  /** -1 or 1: the side to which a fringe sweeps. */
  readonly side: -1 | 1;
}

/** Skin: tone 0 (fair) to 1 (deep), redness and marks. */
export interface SkinLook {
  readonly tone: number;
  readonly warmth: number;
  readonly gloss: number;
  readonly freckles: number;
  /** A small mole in head coordinates, or null. */
  readonly mole: readonly [x: number, y: number] | null;
  /** Shadow of a shaved beard, 0 to 1. */
  readonly stubble: number;
}

/** Make-up, all strengths in [0, 1]. */
export interface MakeUp {
  readonly lipColor: "bare" | "rose" | "coral" | "red" | "berry" | "nude" | "peach";
  readonly lips: number;
  readonly blush: number;
  readonly liner: number;
  readonly wing: number;
  readonly shadow: number;
  readonly shadowColor: "brown" | "peach" | "pink" | "plum" | "grey";
  readonly glitter: number;
}

/** A person: everything that stays the same from picture to picture of one shooting. */
export interface Person {
  /** The seed that the person was drawn from: the identity. */
  readonly seed: number;
  readonly presentation: Presentation;
  /** Hair or looks that gender models usually take for the other presentation: an honest hard case. */
  readonly hardCase: boolean;
  /** Apparent age in years, adults only. */
  readonly age: number;
  readonly face: FaceShape;
  readonly eyes: EyeLook;
  readonly hair: HairLook;
  readonly skin: SkinLook;
  readonly makeUp: MakeUp;
  readonly earrings: "none" | "stud" | "pearl" | "hoop" | "drop";
  readonly accessory:
    | "none"
    | "glasses"
    | "hair clip"
    | "headband"
    | "choker"
    | "necklace"
    | "microphone"
    | "beret"
    | "cap";
  readonly clothes: {
    readonly kind: ClothesName;
    readonly color: string;
    readonly accent: string;
    readonly pattern: "plain" | "stripes" | "checks" | "dots" | "knit" | "sequins";
  };
}

/** The face's movement. */
export interface Expression {
  readonly name: "neutral" | "soft smile" | "smile" | "laugh" | "pout" | "surprise" | "wink";
  /** Corners of the mouth: -1 (down) to 1 (wide smile). */
  readonly smile: number;
  /** Gap between the lips, 0 (closed) to 1. */
  readonly mouthOpen: number;
  /** Brows: -1 (lowered) to 1 (raised). */
  readonly brows: number;
  /** Opening of the eye at the left and at the right side of the image, 0 (shut) to about 1.1. */
  readonly leftEyeOpen: number;
  readonly rightEyeOpen: number;
}

/** Where the main light comes from, what colour it is, what else shines. Angles in radians. */
export interface Light {
  readonly name: LightName;
  /** Direction of the main light: 0 from the camera, positive from the image's right. */
  readonly azimuth: number;
  /** Height of the main light above the camera. */
  readonly elevation: number;
  readonly strength: number;
  /** sRGB colours. */
  readonly color: string;
  readonly fill: string;
  readonly rim: string;
  readonly rimStrength: number;
}

/** What stands behind the person. */
export interface Background {
  readonly name: BackgroundName;
  /** sRGB colours, the main one first. */
  readonly colors: readonly [string, string, string];
  readonly seed: number;
}

/** One moment: everything that changes from picture to picture of one person. Angles in radians. */
export interface Pose {
  readonly seed: number;
  /** Turn of the head: positive towards the image's right. */
  readonly yaw: number;
  /** Nod of the head: positive looks up. */
  readonly pitch: number;
  /** Tilt of the head: positive is clockwise in the image. */
  readonly roll: number;
  /** Direction of the eyes against the camera: 0, 0 looks into it. */
  readonly gaze: { readonly yaw: number; readonly pitch: number };
  readonly expression: Expression;
  readonly light: Light;
  readonly background: Background;
  /** Place of the head's centre against the usual one, in shares of the picture's size, and scale. */
  readonly framing: { readonly x: number; readonly y: number; readonly scale: number };
}

/** All that is known about a portrait: who and how. */
export interface PortraitFactors {
  readonly person: Person;
  readonly pose: Pose;
}
