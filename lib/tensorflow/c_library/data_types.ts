/** TensorFlow's numbers for its data types (`tensorflow/c/tf_datatype.h`), as far as we meet them. */
export const DataType = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  uint16: 17,
  resource: 20,
  variant: 21,
} as const;

/** What JavaScript holds the elements of a data type in. */
export type ElementArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;

interface Layout {
  /** Bytes of one element. */
  readonly bytes: number;
  /** Numbers that make up one element: two for a complex one. */
  readonly numbers: number;
  readonly allocate: (length: number) => ElementArray;
}

const layouts: ReadonlyMap<number, Layout> = new Map<number, Layout>([
  [DataType.float32, { bytes: 4, numbers: 1, allocate: (n) => new Float32Array(n) }],
  [DataType.float64, { bytes: 8, numbers: 1, allocate: (n) => new Float64Array(n) }],
  [DataType.int32, { bytes: 4, numbers: 1, allocate: (n) => new Int32Array(n) }],
  [DataType.uint8, { bytes: 1, numbers: 1, allocate: (n) => new Uint8Array(n) }],
  [DataType.int16, { bytes: 2, numbers: 1, allocate: (n) => new Int16Array(n) }],
  [DataType.int8, { bytes: 1, numbers: 1, allocate: (n) => new Int8Array(n) }],
  [DataType.complex64, { bytes: 8, numbers: 2, allocate: (n) => new Float32Array(n) }],
  [DataType.int64, { bytes: 8, numbers: 1, allocate: (n) => new BigInt64Array(n) }],
  [DataType.bool, { bytes: 1, numbers: 1, allocate: (n) => new Uint8Array(n) }],
  [DataType.uint16, { bytes: 2, numbers: 1, allocate: (n) => new Uint16Array(n) }],
]);

/** How elements of a numeric type lie in memory; an error for strings, resources and the rest. */
export function layoutOf(dtype: number): Layout {
  const layout = layouts.get(dtype);
  if (!layout) throw new Error(`The values of a ${dataTypeName(dtype)} tensor are no numbers`);
  return layout;
}

/** The name of a data type for error messages: "float32". */
export function dataTypeName(dtype: number): string {
  const entry = Object.entries(DataType).find(([, number]) => number === dtype);
  return entry ? entry[0] : `data type ${dtype}`;
}

/** Number of elements of a shape; a shape that is none is an error. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 0) {
      throw new Error(`[${shape}] is no shape: sizes are whole numbers from 0 on`);
    }
    count *= size;
  }
  if (!Number.isSafeInteger(count)) throw new Error(`A tensor of shape [${shape}] is too large`);
  return count;
}

/** "float32[32,64,64,3]", as error messages name a tensor. */
export function describeTensor(tensor: { dtype: number; shape: readonly number[] }): string {
  return `${dataTypeName(tensor.dtype)}[${tensor.shape}]`;
}
