import type { RgbImage } from "../image/mod.ts";
import sharp from "sharp";
import { checkImages, resized } from "./canvas.ts";
import { Drawing } from "./drawing.ts";
import { enlarged } from "./picture.ts";

/** How an animation is made. */
export interface AnimationOptions {
  /** Default: 12. */
  readonly framesPerSecond?: number;
  /** What the notebook gets. "webp" is smaller and has all colours, but GitHub does not show it. */
  readonly format?: "gif" | "webp";
  /** Width in pixels. Default: the first frame's, enlarged to about 256. */
  readonly size?: number;
  /** How often it plays; 0 is for ever. Default: 0. */
  readonly loop?: number;
  /** Colours of a GIF's palette. Default: 128. */
  readonly colours?: number;
}

/** Pictures of one size one after the other. */
export function animation(
  frames: Iterable<RgbImage>,
  options: AnimationOptions = {},
): Drawing {
  const list = checkImages(frames, "the animation");
  const { framesPerSecond = 12, format = "gif", loop = 0, colours = 128 } = options;
  if (!(framesPerSecond > 0)) {
    throw new RangeError(`Expected framesPerSecond to be above 0 but found ${framesPerSecond}`);
  }
  const first = list[0] as RgbImage;
  const width = options.size ?? enlarged(first.width, 256);
  const height = Math.max(1, Math.round(first.height * width / first.width));
  const delay = Math.round(1000 / framesPerSecond);
  const strip = async () => {
    const data = new Uint8Array(list.length * width * height * 3);
    for (const [position, frame] of list.entries()) {
      data.set((await resized(frame, width, height)).data, position * width * height * 3);
    }
    return sharp(data, {
      raw: { width, height: height * list.length, channels: 3, pageHeight: height },
    });
  };
  const files = {
    ".gif": async () =>
      new Uint8Array(
        await (await strip()).gif({
          delay: list.map(() => delay),
          loop,
          colours,
          effort: 7,
          dither: 0.6,
          interFrameMaxError: 4,
        }).toBuffer(),
      ),
    ".webp": async () =>
      new Uint8Array(
        await (await strip()).webp({
          delay: list.map(() => delay),
          loop,
          quality: 80,
          effort: 4,
        }).toBuffer(),
      ),
  };
  return new Drawing({
    text: `Animation of ${list.length} pictures, ${framesPerSecond} a second`,
    make: async () => [
      { mime: `image/${format}`, bytes: await files[`.${format}`]() },
    ],
    files,
  });
}
