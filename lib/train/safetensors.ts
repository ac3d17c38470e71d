import { createHash } from "node:crypto";

/** One array of numbers in a file. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** How numbers are stored. */
export type Precision = "float32" | "float16";

const dtypes = { float32: "F32", float16: "F16" } as const;

/** What a file holds: arrays by name, and a few strings about them. */
export interface StoredTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Bytes of a safetensors file (huggingface.co/docs/safetensors): the header's length as a 64-bit
 * number, a JSON header with type, shape and place of each array, then the arrays, little-endian. Other
 * programs read it as it is; the metadata entry `sha256` covers all the rest.
 *
 * @param options `precision` of the stored numbers: "float16" keeps three digits in half of the space,
 * enough for weights that are to be used and not trained on. Default: "float32"
 */
export function encodeSafetensors(
  { tensors, metadata }: StoredTensors,
  { precision = "float32" }: { readonly precision?: Precision } = {},
): Uint8Array<ArrayBuffer> {
  const stored = [...tensors].map(([name, { shape, values }]) => {
    const numbers = precision === "float16" ? new Float16Array(values) : values;
    return {
      name,
      shape,
      bytes: new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    };
  });
  const length = stored.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const data = new Uint8Array(length);
  const entries: Record<string, unknown> = {};
  let offset = 0;
  for (const { name, shape, bytes } of stored) {
    const end = offset + bytes.length;
    data.set(bytes, offset);
    entries[name] = { dtype: dtypes[precision], shape, data_offsets: [offset, end] };
    offset = end;
  }
  const sha256 = checksum(metadata, entries, data);
  const header = JSON.stringify({ __metadata__: { ...metadata, sha256 }, ...entries });
  // The arrays begin at a multiple of 8, as the format asks for; JSON may end in blanks.
  const headerBytes = new TextEncoder().encode(header.padEnd(paddedLength(header), " "));
  const file = new Uint8Array(8 + headerBytes.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes.length), true);
  file.set(headerBytes, 8);
  file.set(data, 8 + headerBytes.length);
  return file;
}

/**
 * Arrays and metadata of a file that {@linkcode encodeSafetensors} made.
 *
 * @throws Error where the file ends early or any byte differs from what was written
 */
export function decodeSafetensors(file: Uint8Array): StoredTensors {
  try {
    const headerLength = Number(
      new DataView(file.buffer, file.byteOffset, file.byteLength).getBigUint64(0, true),
    );
    const header = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(8, 8 + headerLength)),
    );
    const { __metadata__: { sha256, ...metadata }, ...entries } = header;
    const data = file.slice(8 + headerLength);
    if (checksum(metadata, entries, data) !== sha256) throw new Error("the checksum differs");
    const tensors = new Map<string, StoredTensor>();
    for (const [name, entry] of Object.entries<Entry>(entries)) {
      const { dtype, shape, data_offsets: [start, end] } = entry;
      const bytes = data.buffer.slice(start, end);
      const values = dtype === dtypes.float16
        ? new Float32Array(new Float16Array(bytes))
        : new Float32Array(bytes);
      tensors.set(name, { shape, values });
    }
    return { tensors, metadata };
  } catch (cause) {
    throw new Error("This is not the file that was written: it is damaged or cut off", { cause });
  }
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function checksum(metadata: object, entries: object, data: Uint8Array): string {
  return createHash("sha256").update(JSON.stringify([metadata, entries])).update(data)
    .digest("hex");
}

function paddedLength(header: string): number {
  const bytes = new TextEncoder().encode(header).length;
  return header.length + (8 - (bytes % 8)) % 8;
}
