import type { RgbImage } from "../image/mod.ts";
import sharp from "sharp";
import { animatedPng } from "./animated_png.ts";
import { checkImages, resized } from "./canvas.ts";
import { Drawing } from "./drawing.ts";

/** How an animation is made. */
export interface AnimationOptions {
  /** Default: 12. */
  readonly framesPerSecond?: number;
  /**
   * What the notebook gets. The default, an animated PNG, plays wherever a PNG is shown, GitHub
   * included; "gif" and "webp" play in JupyterLab only. The file that {@linkcode save} writes has
   * the format of its own name.
   */
  readonly format?: "png" | "gif" | "webp";
  /** Width in pixels. Default: the first frame's, enlarged up to 3 times to 192. */
  readonly size?: number;
  /** How often it plays; 0 is for ever. Default: 0. */
  readonly loop?: number;
}

/** Pictures of one size one after the other. */
export function animation(frames: Iterable<RgbImage>, options: AnimationOptions = {}): Drawing {
  const list = checkImages(frames, "the animation");
  const { framesPerSecond = 12, format = "png", loop = 0 } = options;
  if (!(framesPerSecond > 0 && framesPerSecond <= 100)) {
    throw new RangeError(`Expected framesPerSecond in (0, 100] but found ${framesPerSecond}`);
  }
  const first = list[0] as RgbImage;
  const width = options.size ?? Math.max(first.width, Math.min(192, 3 * first.width));
  const height = Math.max(1, Math.round(first.height * width / first.width));
  const delay = Math.round(1000 / framesPerSecond);
  const sized = () => Promise.all(list.map((frame) => resized(frame, width, height)));
  const strip = async () => {
    const data = new Uint8Array(list.length * width * height * 3);
    (await sized()).forEach((frame, index) => data.set(frame.data, index * frame.data.length));
    return sharp(data, {
      raw: { width, height: height * list.length, channels: 3, pageHeight: height },
    });
  };
  const delays = list.map(() => delay);
  const gif = { delay: delays, loop, effort: 4, dither: 0.3, interFrameMaxError: 8 };
  const webp = { delay: delays, loop, effort: 4, quality: 80 };
  const files = {
    ".png": async () => await animatedPng(await sized(), { delay, loop }),
    ".gif": async () => new Uint8Array(await (await strip()).gif(gif).toBuffer()),
    ".webp": async () => new Uint8Array(await (await strip()).webp(webp).toBuffer()),
  };
  return new Drawing({
    text: `Animation of ${list.length} pictures, ${framesPerSecond} a second`,
    make: async () => [{ mime: `image/${format}`, bytes: await files[`.${format}`]() }],
    files,
  });
}
