import type { Expression, Person } from "./factors.ts";

/** One eye's opening in head coordinates. `side` is -1 at the image's left, 1 at its right. */
export interface EyeLayout {
  readonly side: -1 | 1;
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly upper: number;
  readonly lower: number;
  readonly tilt: number;
  readonly open: number;
}

/** The mouth in head coordinates. */
export interface MouthLayout {
  readonly y: number;
  readonly halfWidth: number;
  readonly upper: number;
  readonly lower: number;
  /** How much higher the corners are than the middle. */
  readonly curve: number;
  readonly gap: number;
  readonly bow: number;
}

/** Places and sizes of everything in one face, in head units: 1 = 10 cm, eyes at about y = 0. */
export interface FaceLayout {
  readonly woman: boolean;
  readonly width: number;
  readonly jaw: number;
  readonly chinY: number;
  readonly chinPoint: number;
  readonly crownY: number;
  readonly cheekbone: number;
  readonly cheek: number;
  readonly eyes: readonly [EyeLayout, EyeLayout];
  readonly brow: {
    readonly x: number;
    readonly y: number;
    readonly halfWidth: number;
    readonly arch: number;
    readonly tilt: number;
    readonly thickness: number;
  };
  readonly nose: {
    readonly baseY: number;
    readonly rootY: number;
    readonly height: number;
    readonly bridge: number;
    readonly width: number;
    readonly tip: number;
    readonly turn: number;
  };
  readonly mouth: MouthLayout;
  readonly drop: number;
  readonly smile: number;
}

/** The layout of a person's face in an expression. */
export function faceLayout(person: Person, expression: Expression): FaceLayout {
  const { face } = person;
  const woman = person.presentation === "woman";
  const { smile, mouthOpen } = expression;
  const drop = 0.13 * mouthOpen * (1 - 0.4 * Math.max(0, smile));
  const eyeX = 0.322 + 0.014 * face.eyeDistance;
  const eyeY = 0.014 * face.eyeLevel;
  const lift = 0.035 * Math.max(0, smile);
  const eye = (side: -1 | 1, open: number): EyeLayout => ({
    side,
    x: side * eyeX,
    y: eyeY,
    halfWidth: (woman ? 0.194 : 0.16) + 0.01 * face.eyeWidth,
    upper: (woman ? 0.087 : 0.048) + 0.01 * face.eyeOpening + 0.005 * face.eyeHeight,
    lower: (woman ? 0.053 : 0.043) + 0.005 * face.eyeOpening - 0.018 * Math.max(0, smile),
    tilt: 0.07 + 0.065 * face.eyeTilt,
    open,
  });
  const mouthY = (woman ? -0.648 : -0.665) - 0.018 * face.mouthHeight - 0.02 * face.faceLength;
  return {
    woman,
    width: (woman ? 1 : 1.035) * (1 + 0.032 * face.faceWidth),
    jaw: (woman ? 0.92 : 1.055) * (1 + 0.048 * face.jawWidth),
    chinY: (woman ? -1.01 : -1.15) - 0.04 * face.chinLength - 0.03 * face.faceLength,
    chinPoint: (woman ? 0.25 : -0.25) + 0.38 * face.chinPoint,
    crownY: 1.14 + 0.03 * face.forehead,
    cheekbone: 1 + 0.5 * face.cheekbones,
    cheek: (woman ? 0.4 : -0.1) + 0.8 * face.cheekFullness,
    eyes: [eye(-1, expression.leftEyeOpen), eye(1, expression.rightEyeOpen)],
    brow: {
      x: eyeX + 0.015,
      y: (woman ? 0.23 : 0.158) + 0.018 * face.browHeight + 0.045 * expression.brows,
      halfWidth: woman ? 0.195 : 0.21,
      arch: (woman ? 0.02 : 0.014) + 0.014 * face.browArch,
      tilt: (woman ? -0.01 : 0.04) + 0.04 * face.browTilt - 0.1 * expression.brows,
      thickness: (woman ? 0.032 : 0.054) * (1 + 0.2 * face.browThickness),
    },
    nose: {
      baseY: (woman ? -0.372 : -0.39) - 0.026 * face.noseLength - 0.008 * face.faceLength,
      rootY: 0.08,
      height: (woman ? 0.21 : 0.3) + 0.03 * face.noseHeight,
      bridge: (woman ? 0.035 : 0.07) + 0.02 * face.noseBridge,
      width: (woman ? 0.124 : 0.162) + 0.016 * face.noseWidth,
      tip: 1 + 0.17 * face.noseTip,
      turn: 0.035 * face.noseTurn + (woman ? 0.012 : -0.01),
    },
    mouth: {
      y: mouthY + 0.4 * lift,
      halfWidth: (woman ? 0.222 : 0.238) + 0.018 * face.mouthWidth +
        0.06 * Math.max(0, smile) - 0.02 * mouthOpen * (1 - Math.max(0, smile)) +
        0.03 * Math.min(0, smile),
      upper: (woman ? 0.072 : 0.04) + 0.013 * face.upperLip - 0.012 * Math.max(0, smile),
      lower: (woman ? 0.096 : 0.064) + 0.015 * face.lowerLip - 0.012 * Math.max(0, smile),
      curve: 0.004 + 0.042 * smile,
      gap: 0.2 * mouthOpen,
      bow: 0.5 + 0.22 * face.cupidBow,
    },
    drop,
    smile: Math.max(0, smile),
  };
}

/** Place along an eye's opening: -1 at the inner corner, 1 at the outer one. */
export function alongEye(eye: EyeLayout, x: number): number {
  return (x - eye.x) * eye.side / eye.halfWidth;
}

/** Heights of the upper and the lower lid's edge at a place along the eye. */
export function lids(eye: EyeLayout, along: number): [upper: number, lower: number] {
  const t = Math.max(-1, Math.min(1, along));
  const axis = eye.y + eye.tilt * eye.halfWidth * t;
  const arch = 1 - t * t;
  // The upper lid is highest a little inside the middle, the lower one lowest a little outside.
  const upper = eye.upper * Math.pow(arch, 0.72) * (1 - 0.12 * t);
  const lower = eye.lower * Math.pow(arch, 0.8) * (1 + 0.22 * t);
  const open = Math.min(1.2, eye.open);
  return [
    axis - lower * 0.75 * (1 - Math.min(1, open)) + upper * open - 0.0,
    axis - lower * (0.75 + 0.25 * Math.min(1, open)),
  ];
}

/** Heights of the lips' edges at a place across the mouth: outer and inner, upper and lower. */
export function lips(mouth: MouthLayout, x: number): {
  upper: number;
  innerUpper: number;
  innerLower: number;
  lower: number;
} {
  const t = Math.min(1, Math.abs(x) / mouth.halfWidth);
  const arch = 1 - t * t;
  const line = mouth.y + mouth.curve * (t * t - 0.35) * 1.4 - 0.008 * (1 - t) * mouth.bow;
  const gap = mouth.gap * Math.pow(arch, 0.8);
  const bow = 1 - mouth.bow * 0.42 * Math.exp(-((x / 0.035) ** 2));
  const upperThickness = mouth.upper * Math.pow(1 - t ** 1.7, 0.9) * bow;
  const lowerThickness = mouth.lower * Math.pow(arch, 0.75);
  const innerUpper = line + 0.3 * gap;
  const innerLower = line - 0.7 * gap;
  return {
    upper: innerUpper + upperThickness,
    innerUpper,
    innerLower,
    lower: innerLower - lowerThickness,
  };
}
