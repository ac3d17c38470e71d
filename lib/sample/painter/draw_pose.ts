import { drawBackground } from "./background.ts";
import type { Expression, Pose } from "./factors.ts";
import { drawLight } from "./light.ts";
import { Random } from "./random.ts";
import { calmRanges, type PortraitRanges } from "./ranges.ts";

/**
 * Draws a moment: how the head is held, where the eyes look, what the face does, the light and the
 * background. The same seed and ranges always give the same one.
 */
export function drawPose(seed: number, ranges: PortraitRanges = calmRanges): Pose {
  const random = new Random(seed, 2);
  const within = ([low, high]: readonly [number, number]) => random.between(low, high);
  const yaw = within(ranges.yaw);
  const pitch = within(ranges.pitch) * 0.8 + 0.1 * ranges.pitch[1] * random.bell();
  const roll = within(ranges.roll) * 0.6 + 0.2 * ranges.roll[1] * random.bell();
  // Most people look into the camera; some glance aside, a little along with the head's turn.
  const glance = random.chance(0.3);
  const gaze = glance
    ? {
      yaw: random.between(-1, 1) * ranges.gaze * 1.6 + 0.3 * yaw,
      pitch: within([-0.5, 0.5]) * ranges.gaze,
    }
    : { yaw: 0.12 * random.bell() * ranges.gaze, pitch: 0.12 * random.bell() * ranges.gaze };
  return {
    seed,
    yaw,
    pitch,
    roll,
    gaze,
    expression: drawExpression(random, ranges),
    light: drawLight(random, ranges),
    background: drawBackground(random, ranges),
    framing: {
      x: random.between(-1, 1) * ranges.shift,
      y: random.between(-1, 1) * ranges.shift,
      scale: within(ranges.scale),
    },
  };
}

function drawExpression(random: Random, ranges: PortraitRanges): Expression {
  const name = random.weighted(ranges.expressions);
  const open = 1 + 0.05 * random.bell();
  const still = { name, smile: 0, mouthOpen: 0, brows: 0.15 * random.bell() };
  const eyes = (left: number, right = left) => ({ leftEyeOpen: left, rightEyeOpen: right });
  switch (name) {
    case "neutral":
      return { ...still, smile: random.between(-0.05, 0.2), ...eyes(open) };
    case "soft smile":
      return {
        ...still,
        smile: random.between(0.3, 0.6),
        mouthOpen: random.chance(0.35) ? random.between(0.08, 0.2) : 0,
        ...eyes(open * 0.96),
      };
    case "smile":
      return {
        ...still,
        smile: random.between(0.65, 1),
        mouthOpen: random.between(0.22, 0.5),
        ...eyes(open * 0.88),
      };
    case "laugh":
      return { ...still, smile: 1, mouthOpen: random.between(0.6, 0.9), ...eyes(open * 0.7) };
    case "pout":
      return { ...still, smile: random.between(-0.5, -0.25), ...eyes(open) };
    case "surprise":
      return { ...still, smile: 0.1, mouthOpen: random.between(0.4, 0.7), brows: 1, ...eyes(1.12) };
    case "wink": {
      const left = random.chance(0.5);
      return {
        ...still,
        smile: random.between(0.5, 0.9),
        mouthOpen: random.chance(0.4) ? 0.25 : 0,
        ...eyes(left ? 0 : open, left ? open : 0),
      };
    }
  }
}
