type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** The bytes of a text. Another kind of value is an error that begins with `place`. */
export function stringBytes(value: unknown, place: string): Bytes {
  if (value instanceof Uint8Array) return value as Bytes;
  if (typeof value === "string") return encoder.encode(value);
  throw new TypeError(`${place} must be a text, not ${show(value)}`);
}

/** A whole number as C takes it. Another kind of value is an error that begins with `place`. */
export function integer(value: unknown, place: string): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw new TypeError(`${place} must be a whole number, not ${show(value)}`);
}

/** A number. Another kind of value is an error that begins with `place`. */
export function number(value: unknown, place: string): number {
  if (typeof value === "number") return value;
  throw new TypeError(`${place} must be a number, not ${show(value)}`);
}

/** 1 for true and 0 for false. Another kind of value is an error that begins with `place`. */
export function bool(value: unknown, place: string): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  throw new TypeError(`${place} must be true or false, not ${show(value)}`);
}

/** The number of a data type. Another kind of value is an error that begins with `place`. */
export function type(value: unknown, place: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < 64) return value;
  throw new TypeError(`${place} must be one of TensorFlow's data types, not ${show(value)}`);
}

/** The sizes of a shape. Another kind of value is an error that begins with `place`. */
export function shape(value: unknown, place: string): BigInt64Array<ArrayBuffer> {
  if (Array.isArray(value)) return BigInt64Array.from(value, (size) => integer(size, place));
  throw new TypeError(`${place} must be a shape, not ${show(value)}`);
}

function show(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
