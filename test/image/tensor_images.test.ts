import assert from "node:assert/strict";
import fastCheck from "fast-check";
import { imagesFromTensor, type RgbImage, tensorValues } from "../../lib/image/mod.ts";

const tensor = (shape: number[], values: number[]) => ({
  shape,
  data: () => Promise.resolve(Float32Array.from(values)),
});

Deno.test("imagesFromTensor undoes tensorValues for any pictures of one size", async () => {
  const pictures = fastCheck.tuple(
    fastCheck.integer({ min: 1, max: 5 }),
    fastCheck.integer({ min: 1, max: 5 }),
    fastCheck.integer({ min: 1, max: 4 }),
  ).chain(([width, height, count]) =>
    fastCheck.array(
      fastCheck.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
        .map((data): RgbImage => ({ width, height, data })),
      { minLength: count, maxLength: count },
    )
  );
  await fastCheck.assert(fastCheck.asyncProperty(pictures, async (images) => {
    const { width, height } = images[0]!;
    const values = tensorValues(images);
    const back = await imagesFromTensor(tensor([images.length, height, width, 3], [...values]));
    assert.deepEqual(back, images);
  }));
});

Deno.test("imagesFromTensor clips values outside [0, 1] and repeats grey", async () => {
  const [image] = await imagesFromTensor(tensor([1, 3, 1], [-0.5, 0.5, 7]));
  assert.deepEqual([...image!.data], [0, 0, 0, 128, 128, 128, 255, 255, 255]);
});

Deno.test("imagesFromTensor names the shape that holds no pictures", async () => {
  await assert.rejects(() => imagesFromTensor(tensor([2, 2], [])), /\[2,2\]/);
});

Deno.test("tensorValues names the picture whose size differs", () => {
  const image = (width: number) => ({ width, height: 1, data: new Uint8Array(width * 3) });
  assert.throws(() => tensorValues([image(2), image(3)]), /picture 1 is 3 x 1/);
});
