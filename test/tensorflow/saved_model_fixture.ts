/**
 * A TensorFlow SavedModel written by hand: a graph without variables that doubles a float32 tensor
 * of shape [?, 2], adds [1, 10], and passes a string on. Just enough of the protocol-buffer format
 * for `saved_model.proto` and what it contains.
 */
export async function writeSavedModel(folder: string): Promise<void> {
  const graph = message(
    field(1, node("x", "Placeholder", [], { dtype: type(1), shape: shape([-1, 2]) })),
    field(1, node("label", "Placeholder", [], { dtype: type(7), shape: shape([]) })),
    field(1, node("offset", "Const", [], { dtype: type(1), value: floats([2], [1, 10]) })),
    field(1, node("double", "AddV2", ["x", "x"], { T: type(1) })),
    field(1, node("y", "AddV2", ["double", "offset"], { T: type(1) })),
    field(1, node("label_out", "Identity", ["label"], { T: type(7) })),
    field(4, message(field(1, 1500))),
  );
  const signature = message(
    field(1, entry("x", tensorInfo("x:0", 1, [-1, 2]))),
    field(1, entry("label", tensorInfo("label:0", 7, []))),
    field(2, entry("y", tensorInfo("y:0", 1, [-1, 2]))),
    field(2, entry("label_out", tensorInfo("label_out:0", 7, []))),
    field(3, text("tensorflow/serving/predict")),
  );
  const metaGraph = message(
    field(1, message(field(4, text("serve")))),
    field(2, graph),
    field(5, entry("serving_default", signature)),
  );
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(`${folder}/saved_model.pb`, message(field(1, 1), field(2, metaGraph)));
}

type Bytes = Uint8Array<ArrayBuffer>;

const text = (value: string): Bytes => new TextEncoder().encode(value);

function message(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

function varint(value: bigint): Bytes {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value);; rest >>= 7n) {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    if (rest <= 127n) return Uint8Array.from(bytes);
  }
}

function field(number: number, content: Bytes | number): Bytes {
  if (typeof content === "number") {
    return message(varint(BigInt(number * 8)), varint(BigInt(content)));
  }
  return message(varint(BigInt(number * 8 + 2)), varint(BigInt(content.length)), content);
}

const entry = (key: string, value: Bytes) => message(field(1, text(key)), field(2, value));

const shapeProto = (sizes: number[]) =>
  message(...sizes.map((size) => field(2, message(field(1, size)))));

const type = (dtype: number) => message(field(6, dtype));

const shape = (sizes: number[]) => message(field(7, shapeProto(sizes)));

const floats = (sizes: number[], values: number[]) =>
  message(
    field(
      8,
      message(
        field(1, 1),
        field(2, shapeProto(sizes)),
        field(5, new Uint8Array(Float32Array.from(values).buffer)),
      ),
    ),
  );

const tensorInfo = (name: string, dtype: number, sizes: number[]) =>
  message(field(1, text(name)), field(2, dtype), field(3, shapeProto(sizes)));

function node(
  name: string,
  op: string,
  inputs: string[],
  attributes: Record<string, Bytes>,
): Bytes {
  return message(
    field(1, text(name)),
    field(2, text(op)),
    ...inputs.map((input) => field(3, text(input))),
    ...Object.entries(attributes).map(([key, value]) => field(5, entry(key, value))),
  );
}
