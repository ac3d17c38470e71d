import { join } from "node:path";
import { randomNumbers } from "../../lib/run/random.ts";

/** Pictures in a batch, batches that are used in turn, and how large each thing is. */
export const shape = { batch: 32, batches: 8, size: 64, code: 64 } as const;

/** Enough numbers for the weights of the largest workload. */
const weightCount = 3_600_000;

/**
 * Writes what all peers start from, so that they do the same work and can be seen to: pictures in
 * [0, 1] of soft spots of light, standard normal noise, and standard normal first weights.
 */
export async function writeData(folder: string): Promise<void> {
  const { batch, batches, size, code } = shape;
  const random = randomNumbers(1);
  const pictures = new Float32Array(batches * batch * size * size * 3);
  for (let first = 0; first < pictures.length; first += size * size * 3) {
    const [x, y, width] = [random() * size, random() * size, 8 + random() * 16];
    const colour = [random(), random(), random()];
    for (let pixel = 0; pixel < size * size; pixel++) {
      const [dx, dy] = [pixel % size - x, Math.floor(pixel / size) - y];
      const light = Math.exp(-(dx * dx + dy * dy) / (2 * width * width));
      colour.forEach((part, channel) => {
        pictures[first + 3 * pixel + channel] = 0.2 + 0.7 * light * part;
      });
    }
  }
  await write("pictures", pictures);
  await write("noise", normalNumbers(random, batches * batch * code));
  await write("weights", normalNumbers(random, weightCount));

  async function write(name: string, values: Float32Array<ArrayBuffer>) {
    await Deno.writeFile(join(folder, `${name}.f32`), new Uint8Array(values.buffer));
  }
}

/** The numbers of {@linkcode writeData}. */
export async function readData(
  folder: string,
): Promise<Record<"pictures" | "noise" | "weights", Float32Array>> {
  const read = async (name: string) =>
    new Float32Array((await Deno.readFile(join(folder, `${name}.f32`))).buffer);
  return {
    pictures: await read("pictures"),
    noise: await read("noise"),
    weights: await read("weights"),
  };
}

/** By the method of Box and Muller. */
function normalNumbers(random: () => number, count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}
