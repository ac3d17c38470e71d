/** One field of a serialised protocol-buffer message. */
export interface Field {
  readonly number: number;
  /** The value of a varint field, else zero. */
  readonly value: number;
  /** The content of a length-delimited field (text, bytes, message), else empty. */
  readonly bytes: Uint8Array;
}

const decoder = new TextDecoder();

/** The content of a field as text. */
export function textOf(field: Field): string {
  return decoder.decode(field.bytes);
}

/** Walks over the fields of a message. Values above 2^53 are not expected and not kept exact. */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  let position = 0;
  const varint = () => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = message[position++];
      if (byte === undefined) throw new Error("A protocol-buffer message ends in the middle");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  const none = new Uint8Array();
  while (position < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, value: varint(), bytes: none };
        break;
      case 1:
        position += 8;
        break;
      case 2: {
        const length = varint();
        yield { number, value: 0, bytes: message.subarray(position, position + length) };
        position += length;
        break;
      }
      case 5:
        position += 4;
        break;
      default:
        throw new Error(`A protocol-buffer message has a field of unknown kind ${key % 8}`);
    }
  }
}
