import type { HeadAngles } from "./facemesh.ts";
import type { Quality } from "./quality.ts";

/** What a face must be to be used. Every gate can be moved; none is a law of nature. */
export interface Gates {
  /** Side of a square as large as the face, in source pixels. Default: 40. */
  readonly minimumSize: number;
  /** Detector's and mesh's confidence, 0 to 1. Default: 0.6. */
  readonly minimumConfidence: number;
  /**
   * Radians to either side. Default: 45 degrees as the mesh reads them, about 60 in truth: beyond,
   * one eye is hidden.
   */
  readonly maximumYaw: number;
  /** Radians up or down. Default: 45 degrees. */
  readonly maximumPitch: number;
  /** Radians to either side. Levelling takes roll away; upside down is no portrait. Default: 60 degrees. */
  readonly maximumRoll: number;
  /** See {@linkcode Quality.sharpness}. Default: 0.08, a blur over a fiftieth of the face's width. */
  readonly minimumSharpness: number;
  /** Mean brightness, 0 to 1, [least, most]. Wide, because a narrow band selects by skin tone. */
  readonly brightness: readonly [least: number, most: number];
  /** Share of black or white pixels. */
  readonly maximumClipped: number;
  /** See {@linkcode Quality.saturation}; [0, 1] lets grey pictures pass. */
  readonly saturation: readonly [least: number, most: number];
  /** See {@linkcode Quality.distrust}. */
  readonly maximumDistrust: number;
  /** Share of the crop outside the picture. */
  readonly maximumBorder: number;
}

const degree = Math.PI / 180;

/** The gates that stages use where no others are given. */
export const defaultGates: Gates = {
  minimumSize: 40,
  minimumConfidence: 0.6,
  maximumYaw: 45 * degree,
  maximumPitch: 45 * degree,
  maximumRoll: 60 * degree,
  minimumSharpness: 0.08,
  brightness: [0.08, 0.95],
  maximumClipped: 0.5,
  saturation: [0, 1],
  maximumDistrust: 0.15,
  maximumBorder: 0.35,
};

/** Why a face is not used. */
export type GateReason =
  | "small"
  | "unsure"
  | "turned"
  | "bowed"
  | "lying"
  | "blurred"
  | "dark"
  | "bright"
  | "clipped"
  | "pale"
  | "gaudy"
  | "hidden"
  | "cut";

/** What the gates look at. */
export type Measured = Quality & HeadAngles & { readonly confidence: number };

/**
 * The first gate that a face fails, with the number that failed and the one that was asked; null
 * where it passes them all.
 */
export function failedGate(
  face: Measured,
  gates: Gates = defaultGates,
): { reason: GateReason; value: number; limit: number } | null {
  const [least, most] = gates.brightness;
  const [palest, gaudiest] = gates.saturation;
  const checks: readonly [GateReason, number, number, boolean][] = [
    ["small", face.size, gates.minimumSize, face.size < gates.minimumSize],
    [
      "unsure",
      face.confidence,
      gates.minimumConfidence,
      face.confidence < gates.minimumConfidence,
    ],
    ["turned", face.yaw, gates.maximumYaw, Math.abs(face.yaw) > gates.maximumYaw],
    ["bowed", face.pitch, gates.maximumPitch, Math.abs(face.pitch) > gates.maximumPitch],
    ["lying", face.roll, gates.maximumRoll, Math.abs(face.roll) > gates.maximumRoll],
    [
      "blurred",
      face.sharpness,
      gates.minimumSharpness,
      face.sharpness < gates.minimumSharpness,
    ],
    ["dark", face.brightness, least, face.brightness < least],
    ["bright", face.brightness, most, face.brightness > most],
    ["clipped", face.clipped, gates.maximumClipped, face.clipped > gates.maximumClipped],
    ["pale", face.saturation, palest, face.saturation < palest],
    ["gaudy", face.saturation, gaudiest, face.saturation > gaudiest],
    ["hidden", face.distrust, gates.maximumDistrust, face.distrust > gates.maximumDistrust],
    ["cut", face.border, gates.maximumBorder, face.border > gates.maximumBorder],
  ];
  const failed = checks.find(([, , , fails]) => fails);
  return failed ? { reason: failed[0], value: failed[1], limit: failed[2] } : null;
}
