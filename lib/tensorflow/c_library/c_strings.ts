const encoder = new TextEncoder();
const known = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * A name as C reads it: UTF-8 and a zero at the end. Kept for good, because TensorFlow keeps
 * pointers to the attribute names it was given longer than the call lasts; there are only a few
 * hundred of them.
 */
export function cName(name: string): Uint8Array<ArrayBuffer> {
  let bytes = known.get(name);
  if (!bytes) {
    bytes = cString(name);
    known.set(name, bytes);
  }
  return bytes;
}

/** A text as C reads it: UTF-8 and a zero at the end. A zero inside is an error. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  if (text.includes("\0")) {
    throw new Error(`A text for TensorFlow contains a zero character: ${JSON.stringify(text)}`);
  }
  return encoder.encode(text + "\0");
}

/** The text at a `char*`, or an empty one for a null pointer. */
export function textAt(pointer: Deno.PointerValue): string {
  return pointer === null ? "" : Deno.UnsafePointerView.getCString(pointer);
}
