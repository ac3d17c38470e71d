import { crc32, deflateSync } from "node:zlib";

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/** What a PNG file's data is in truth. */
export interface PngContent {
  /** 1: grey, 3: RGB; 8 bits each. */
  readonly channels: 1 | 3;
  /** Number of zeros that the data is when unpacked; a row is a byte and its pixels. */
  readonly zeros: number;
}

/** A PNG file whose header states a size that its data need not have. */
export function pngStating(
  width: number,
  height: number,
  { channels, zeros }: PngContent,
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, channels === 3 ? 2 : 0], 8);
  return new Uint8Array([
    ...signature,
    ...chunk("IHDR", header),
    ...chunk("IDAT", deflateSync(new Uint8Array(zeros))),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
