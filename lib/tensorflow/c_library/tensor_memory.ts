import { DataType, dataTypeName, elementCount, layoutOf } from "./data_types.ts";
import type { CLibrary } from "./open_library.ts";

/** Bytes of a `TF_TString`, the C++ string object that string tensors are made of. */
const stringBytes = 24;

/** What JavaScript may hand over as the values of a tensor: typed arrays, or bytes per string. */
export type TensorValues = ArrayBufferView<ArrayBuffer> | readonly Uint8Array[];

/**
 * Makes a `TF_Tensor` with a copy of the values. Everything that C would take on trust is checked
 * first: the kind of array, and that it is exactly as long as shape and type say.
 *
 * int64 values come as a BigInt64Array, or as an Int32Array of low and high halves (tfjs-node's
 * way). Who calls this deletes the tensor, with {@link deleteTensor}.
 */
export function newTensor(
  c: CLibrary,
  shape: readonly number[],
  dtype: number,
  values: unknown,
): Deno.PointerValue {
  const count = elementCount(shape);
  if (dtype === DataType.string) return newStringTensor(c, shape, count, values);
  const view = numericView(shape, dtype, count, values);
  const tensor = allocate(c, shape, dtype, view.byteLength);
  if (view.byteLength > 0) c.copyToC(c.TF_TensorData(tensor), view, BigInt(view.byteLength));
  return tensor;
}

function allocate(
  c: CLibrary,
  shape: readonly number[],
  dtype: number,
  bytes: number,
): Deno.PointerValue {
  const sizes = BigInt64Array.from(shape, BigInt);
  const tensor = c.TF_AllocateTensor(dtype, sizes, shape.length, BigInt(bytes));
  if (tensor === null) throw new Error(`TensorFlow could not allocate ${bytes} bytes`);
  return tensor;
}

function numericView(
  shape: readonly number[],
  dtype: number,
  count: number,
  values: unknown,
): Uint8Array<ArrayBuffer> {
  const { bytes, numbers, allocate } = layoutOf(dtype);
  const tensor = `a ${dataTypeName(dtype)} tensor of shape [${shape}]`;
  if (!ArrayBuffer.isView(values)) {
    throw new TypeError(`The values of ${tensor} must be a typed array`);
  }
  const wanted = allocate(0).constructor.name;
  const halves = dtype === DataType.int64 && values instanceof Int32Array;
  const sameKind = values.constructor.name === wanted || halves ||
    (wanted === "Uint8Array" && values instanceof Uint8ClampedArray);
  if (!sameKind) {
    throw new TypeError(
      `The values of ${tensor} must be a ${wanted}, not a ${values.constructor.name}`,
    );
  }
  if (values.byteLength !== count * bytes) {
    const width = bytes / numbers / (halves ? 2 : 1);
    throw new RangeError(
      `${tensor} takes ${count * bytes / width} values, not ${values.byteLength / width}`,
    );
  }
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}

function newStringTensor(
  c: CLibrary,
  shape: readonly number[],
  count: number,
  values: unknown,
): Deno.PointerValue {
  // Spread, because a place that was never filled is passed over by `every` and `forEach`.
  const row: unknown[] | null = Array.isArray(values) ? [...values] : null;
  if (!row?.every((value) => value instanceof Uint8Array)) {
    throw new TypeError("The values of a string tensor must be an array of Uint8Array");
  }
  const strings = row as Uint8Array<ArrayBuffer>[];
  if (strings.length !== count) {
    throw new RangeError(
      `A string tensor of shape [${shape}] takes ${count} values, not ${strings.length}`,
    );
  }
  const tensor = allocate(c, shape, DataType.string, count * stringBytes);
  strings.forEach((bytes, index) => {
    const place = stringAt(c, tensor, index);
    c.TF_StringInit(place);
    c.TF_StringCopy(place, bytes, BigInt(bytes.length));
  });
  return tensor;
}

function stringAt(c: CLibrary, tensor: Deno.PointerValue, index: number): Deno.PointerValue {
  return Deno.UnsafePointer.offset(c.TF_TensorData(tensor)!, index * stringBytes);
}

/** Deletes a tensor of {@link newTensor}, the texts of a string tensor included. */
export function deleteTensor(c: CLibrary, tensor: Deno.PointerValue): void {
  if (c.TF_TensorType(tensor) === DataType.string) {
    const count = Number(c.TF_TensorByteSize(tensor)) / stringBytes;
    for (let index = 0; index < count; index++) c.TF_StringDealloc(stringAt(c, tensor, index));
  }
  c.TF_DeleteTensor(tensor);
}

/**
 * A copy of a tensor's values: a typed array, or for strings an array of their bytes. A resource
 * gives the bytes of its serialised handle as an array of one.
 */
export function tensorValues(
  c: CLibrary,
  tensor: Deno.PointerValue,
): ArrayBufferView<ArrayBuffer> | Uint8Array[] {
  const dtype = c.TF_TensorType(tensor);
  const byteLength = Number(c.TF_TensorByteSize(tensor));
  if (dtype === DataType.string) {
    return Array.from({ length: byteLength / stringBytes }, (_, index) => {
      const place = stringAt(c, tensor, index);
      const bytes = new Uint8Array(Number(c.TF_StringGetSize(place)));
      copyOut(c, bytes, c.TF_StringGetDataPointer(place));
      return bytes;
    });
  }
  if (dtype === DataType.resource) {
    const bytes = new Uint8Array(byteLength);
    copyOut(c, bytes, c.TF_TensorData(tensor));
    return [bytes];
  }
  const { bytes, numbers, allocate } = layoutOf(dtype);
  const values = allocate(byteLength / bytes * numbers);
  copyOut(c, values, c.TF_TensorData(tensor));
  return values;
}

function copyOut(
  c: CLibrary,
  target: ArrayBufferView<ArrayBuffer>,
  source: Deno.PointerValue,
): void {
  if (target.byteLength > 0) c.copyFromC(target, source, BigInt(target.byteLength));
}
