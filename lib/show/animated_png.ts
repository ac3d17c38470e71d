import { Buffer } from "node:buffer";
import { crc32, deflateSync, inflateSync } from "node:zlib";
import { asSharp, type RgbImage } from "../image/mod.ts";

/** How an animated PNG plays. */
export interface AnimatedPngOptions {
  /** Milliseconds that a frame is seen. */
  readonly delay: number;
  /** How often it plays; 0 is for ever. */
  readonly loop: number;
  /** A pixel whose channels all change by at most this much stays as it is. */
  readonly tolerance?: number;
}

/**
 * An animated PNG of frames of one size, all with one palette of 255 colours. It is a PNG: whatever
 * shows pictures shows it, and browsers play it (a notebook on GitHub shows no other animation).
 * https://www.w3.org/TR/png-3/
 */
export async function animatedPng(
  frames: readonly RgbImage[],
  { delay, loop, tolerance = 8 }: AnimatedPngOptions,
): Promise<Uint8Array> {
  const { width = 0, height = 0 } = frames[0] ?? {};
  const data = new Uint8Array(frames.length * width * height * 3);
  frames.forEach((frame, index) => data.set(frame.data, index * width * height * 3));
  const strip = { width, height: height * frames.length, data };
  const { palette, indices } = await withPalette(strip);
  const clear = freePlace(palette, indices);
  const alpha = new Uint8Array(256).fill(255);
  alpha[clear] = 0;
  const chunks = [
    chunk("IHDR", words(width, height), [8, 3, 0, 0, 0]),
    chunk("acTL", words(frames.length, loop)),
    chunk("PLTE", palette),
    chunk("tRNS", alpha),
  ];
  const shown = new Uint8Array(width * height);
  let sequence = 0;
  for (let frame = 0; frame < frames.length; frame++) {
    const next = indices.subarray(frame * shown.length, (frame + 1) * shown.length);
    const rows = new Uint8Array((width + 1) * height);
    for (let pixel = 0; pixel < next.length; pixel++) {
      const index = next[pixel]!;
      const keeps = frame > 0 && isNear(palette, index, shown[pixel]!, tolerance);
      if (!keeps) shown[pixel] = index;
      // Each row begins with its filter's number: 0, none.
      rows[pixel + 1 + Math.floor(pixel / width)] = keeps ? clear : index;
    }
    chunks.push(
      // Frame control: laid over what is there (blend 1), which stays (disposal 0).
      chunk("fcTL", words(sequence++, width, height, 0, 0), shorts(delay, 1000), [0, 1]),
      frame === 0
        ? chunk("IDAT", deflateSync(rows, { level: 9 }))
        : chunk("fdAT", words(sequence++), deflateSync(rows, { level: 9 })),
    );
  }
  return new Uint8Array(Buffer.concat([signature, ...chunks, chunk("IEND")]));
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A place of the palette that no pixel uses: the rarest colour gives its own up to its neighbour. */
function freePlace(palette: Uint8Array, indices: Uint8Array): number {
  const uses = new Uint32Array(256);
  for (const index of indices) uses[index]!++;
  const rarest = uses.reduce((least, count, index) => count < uses[least]! ? index : least, 0);
  if (uses[rarest] === 0) return rarest;
  const distance = (index: number) =>
    [0, 1, 2].reduce(
      (sum, channel) => sum + (palette[3 * index + channel]! - palette[3 * rarest + channel]!) ** 2,
      0,
    );
  const others = Array.from(uses.keys()).filter((index) => index !== rarest);
  const nearest = others.reduce((best, index) => distance(index) < distance(best) ? index : best);
  indices.forEach((index, pixel) => {
    if (index === rarest) indices[pixel] = nearest;
  });
  return rarest;
}

function isNear(palette: Uint8Array, first: number, second: number, tolerance: number): boolean {
  for (let channel = 0; channel < 3; channel++) {
    const change = palette[3 * first + channel]! - palette[3 * second + channel]!;
    if (Math.abs(change) > tolerance) return false;
  }
  return true;
}

/** The pixels as positions in a palette of 256 places, not all of which need be in use. */
async function withPalette(image: RgbImage) {
  const { width, height } = image;
  const png = await asSharp(image)
    .png({ palette: true, colours: 256, dither: 0.4, effort: 4, compressionLevel: 1 })
    .toBuffer();
  const palette = new Uint8Array(3 * 256);
  const deflated: Uint8Array[] = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    const content = png.subarray(at + 8, at + 8 + length);
    if (name === "IHDR" && content[8] !== 8) {
      throw new Error(`Expected 8 bits a pixel of the palette's encoder but found ${content[8]}`);
    }
    if (name === "PLTE") palette.set(content);
    if (name === "IDAT") deflated.push(content);
    at += 12 + length;
  }
  const rows = inflateSync(Buffer.concat(deflated));
  const indices = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = row * (width + 1);
    if (rows[start] !== 0) {
      throw new Error(
        `Expected rows without filter of the palette's encoder but found ${rows[start]}`,
      );
    }
    indices.set(rows.subarray(start + 1, start + 1 + width), row * width);
  }
  return { palette, indices };
}

function chunk(name: string, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const body = Buffer.concat([
    Buffer.from(name, "latin1"),
    ...parts.map((part) => Buffer.from(part)),
  ]);
  return Buffer.concat([words(body.length - 4), body, words(crc32(body))]);
}

function words(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

function shorts(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => bytes.writeUInt16BE(value, 2 * index));
  return bytes;
}
