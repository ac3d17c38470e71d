import type * as tfjs from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Autoencoder,
  autoencoderObjective,
  type AutoencoderObjectiveOptions,
  buildAutoencoder,
  codeGrid,
  codeLoop,
  codesOf,
  copiesOf,
  decode,
  dispose,
  encode,
  facesAt,
  faceStatistics,
  loadAutoencoder,
  mirror,
  pass,
  reconstruct,
  saveAutoencoder,
  trainableVariables,
} from "../../lib/models/mod.ts";
import { liveHandles, randomSeeds, seededRandom, tf } from "../../lib/tensorflow/mod.ts";

const pictures = (count = 3, size = 16) =>
  tf.randomUniform([count, size, size, 3], 0, 1, "float32", 7) as tfjs.Tensor4D;

const small = { size: 16, filters: [4, 4, 8, 8] as const, hidden: 16 };

async function difference(left: tfjs.Tensor, right: tfjs.Tensor): Promise<number> {
  return (await left.sub(right).abs().max().data())[0]!;
}

Deno.test("buildAutoencoder gives codes in [-1, 1] and pictures of the same shape", async () => {
  for (
    const [size, codeSize, decoder] of [
      [16, 2, "dense"],
      [48, 5, "convolutional"],
    ] as const
  ) {
    const autoencoder = buildAutoencoder({ ...small, size, codeSize, decoder });
    const codes = encode(autoencoder, pictures(3, size));
    assert.deepEqual(codes.shape, [3, codeSize]);
    assert.ok((await codes.abs().max().data())[0]! <= 1);
    assert.deepEqual(decode(autoencoder, codes).shape, [3, size, size, 3]);
    dispose(autoencoder);
  }
});

Deno.test("buildAutoencoder names the size it cannot halve four times", () => {
  assert.throws(() => buildAutoencoder({ size: 100 }), /multiple of 16 but found 100/);
});

Deno.test("buildAutoencoder draws its weights from the seed", async () => {
  const weights = async (seed: number) => {
    const autoencoder = buildAutoencoder({ ...small, seed });
    const kernel = await trainableVariables(autoencoder).get("decoder/face_pictures/kernel")!
      .data();
    dispose(autoencoder);
    return [...kernel];
  };
  assert.deepEqual(await weights(1), await weights(1));
  assert.notDeepEqual(await weights(1), await weights(2));
});

Deno.test("either decoder starts from the mean face", async () => {
  const faces = pictures(20);
  const statistics = await faceStatistics(faces);
  const lastLayers = { dense: "face_pictures", convolutional: "difference" } as const;
  for (const decoder of ["dense", "convolutional"] as const) {
    const autoencoder = buildAutoencoder({ ...small, statistics, decoder });
    const last = trainableVariables(autoencoder).get(`decoder/${lastLayers[decoder]}/kernel`)!;
    last.assign(tf.zerosLike(last)); // Without differences only the mean face is left.
    const mean = faces.mean(0);
    assert.ok(await difference(reconstruct(autoencoder, faces), mean) < 1e-5);
    dispose(autoencoder);
  }
});

Deno.test("the encoder sees differences from the mean face, with a spread of 1", async () => {
  const faces = pictures(50);
  const statistics = await faceStatistics(faces);
  const { encoder, decoder } = buildAutoencoder({ ...small, statistics });
  const inner = tf.model({
    inputs: encoder.inputs,
    outputs: encoder.getLayer("difference_picture").output as tfjs.SymbolicTensor,
  });
  const seen = inner.predict(faces) as tfjs.Tensor;
  assert.ok((await seen.mean(0).abs().max().data())[0]! < 1e-4);
  assert.ok(Math.abs((await seen.square().mean().data())[0]! - 1) < 1e-4);
  dispose({ encoder, decoder });
});

Deno.test("pass goes the way of encoder and decoder", async () => {
  const autoencoder = buildAutoencoder(small);
  const faces = pictures();
  const { codes, linearCodes, reconstructions } = pass(autoencoder, faces);
  assert.ok(await difference(codes, encode(autoencoder, faces)) < 1e-6);
  assert.ok(await difference(linearCodes.tanh(), codes) < 1e-6);
  const expected = autoencoder.decoder.predict(codes) as tfjs.Tensor;
  assert.ok(await difference(reconstructions, expected) < 1e-5);
  dispose(autoencoder);
});

Deno.test("saveAutoencoder and loadAutoencoder bring back the same nets", async () => {
  const folder = await Deno.makeTempDir();
  const faces = pictures(5);
  const autoencoder = buildAutoencoder({
    ...small,
    statistics: await faceStatistics(faces),
  });
  await saveAutoencoder(autoencoder, folder);
  const loaded = await loadAutoencoder(folder);
  assert.equal(await difference(encode(loaded, faces), encode(autoencoder, faces)), 0);
  assert.equal(await difference(reconstruct(loaded, faces), reconstruct(autoencoder, faces)), 0);
  assert.deepEqual(
    [...trainableVariables(loaded).keys()],
    [...trainableVariables(autoencoder).keys()],
  );
  for (const net of [autoencoder, loaded]) dispose(net);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadAutoencoder refuses weights that are not those that were saved", async () => {
  const folder = await Deno.makeTempDir();
  const autoencoder = buildAutoencoder(small);
  await saveAutoencoder(autoencoder, folder);
  const path = join(folder, "decoder", "weights.bin");
  const weights = await Deno.readFile(path);
  weights[100]! ^= 1;
  await Deno.writeFile(path, weights);
  await assert.rejects(loadAutoencoder(folder), /decoder are not those of its model.json/);
  dispose(autoencoder);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("building, using and disposing an autoencoder leaves nothing behind", async () => {
  const faces = pictures();
  const statistics = await faceStatistics(faces); // Also brings the pictures to the engine.
  const before = { handles: liveHandles(), tensors: tf.memory().numTensors };
  const autoencoder = buildAutoencoder({
    ...small,
    statistics,
  });
  tf.tidy(() => void pass(autoencoder, faces));
  const codes = await codesOf(autoencoder, faces);
  await facesAt(autoencoder, codes);
  await copiesOf(autoencoder, faces);
  dispose(autoencoder);
  assert.deepEqual({ handles: liveHandles(), tensors: tf.memory().numTensors }, before);
});

Deno.test("codeGrid begins at the top left: first value smallest, second largest", () => {
  const codes = codeGrid(3);
  assert.deepEqual(codes[0], [-1, 1]);
  assert.deepEqual(codes[2], [1, 1]);
  assert.deepEqual(codes[4], [0, 0]);
  assert.deepEqual(codes.at(-1), [1, -1]);
});

Deno.test("codeLoop stays in the square and closes smoothly", () => {
  const codes = codeLoop(120);
  assert.ok(codes.every((code) => code.every((value) => Math.abs(value) <= 0.9)));
  const steps = codes.map(([x, y], index) => {
    const [nextX, nextY] = codes[(index + 1) % codes.length]!;
    return Math.hypot(nextX - x, nextY - y);
  });
  assert.ok(Math.max(...steps) < 0.2);
});

Deno.test("autoencoderObjective shakes codes and pictures where asked, by the seed alone", async () => {
  const autoencoder = buildAutoencoder(small);
  const faces = pictures();
  const errorOf = async (options: AutoencoderObjectiveOptions, seed: number) => {
    const objective = autoencoderObjective(autoencoder, options);
    return (await objective.loss(faces, seededRandom(randomSeeds(seed))).error.data())[0]!;
  };
  const calm = { codeNoise: 0, pictureNoise: 0, mirrored: false };
  assert.equal(await errorOf(calm, 1), await errorOf(calm, 2));
  for (const shaken of [{ ...calm, codeNoise: 0.1 }, { ...calm, pictureNoise: 0.1 }]) {
    assert.equal(await errorOf(shaken, 1), await errorOf(shaken, 1));
    assert.notEqual(await errorOf(shaken, 1), await errorOf(shaken, 2));
    assert.notEqual(await errorOf(shaken, 1), await errorOf(calm, 1));
  }
  dispose(autoencoder);
});

Deno.test("autoencoderObjective compares with clean pictures what it made of noisy ones", async () => {
  const autoencoder = buildAutoencoder(small);
  const faces = pictures();
  const objective = autoencoderObjective(autoencoder, {
    codeNoise: 0,
    pictureNoise: 0.5,
    mirrored: false,
  });
  const noise = seededRandom(randomSeeds(4)).normal(faces.shape).mul(0.5);
  const expected = reconstructionError(autoencoder, faces.add(noise), faces);
  const { error } = objective.loss(faces, seededRandom(randomSeeds(4)));
  assert.ok(await difference(error, expected) < 1e-6);
  dispose(autoencoder);
});

Deno.test("autoencoderObjective shows mirror images and asks for them back", async () => {
  const autoencoder = buildAutoencoder(small);
  const faces = pictures();
  const objective = autoencoderObjective(autoencoder, { codeNoise: 0 });
  const turned = mirror(faces, seededRandom(randomSeeds(4)));
  assert.ok(await difference(turned.mean([1, 2]), faces.mean([1, 2])) < 1e-6);
  assert.ok(await difference(turned, faces) > 0.1);
  const expected = reconstructionError(autoencoder, turned, turned);
  const { error } = objective.loss(faces, seededRandom(randomSeeds(4)));
  assert.ok(await difference(error, expected) < 1e-6);
  dispose(autoencoder);
});

const reconstructionError = (
  autoencoder: Autoencoder,
  seen: tfjs.Tensor4D,
  clean: tfjs.Tensor4D,
) => pass(autoencoder, seen).reconstructions.squaredDifference(clean).mean();
