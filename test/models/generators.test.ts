import assert from "node:assert/strict";
import type * as tfjs from "@tensorflow/tfjs";
import {
  augment,
  buildFaceGenerator,
  buildGan,
  buildModernGan,
  buildVae,
  codeMeans,
  disposeGan,
  divergence,
  divergenceByValue,
  diversity,
  ganGame,
  gaussianMixture,
  generate,
  gradientPenalty,
  imleObjective,
  linearPath,
  meanScores,
  MinibatchDeviation,
  mirror,
  namedWeights,
  posterior,
  randomCodes,
  relativisticGame,
  sphericalPath,
  standardizeCodes,
  vaeObjective,
} from "../../lib/models/mod.ts";
import { DoublingConvolution } from "../../lib/models/doubling_convolution.ts";
import { compile, randomSeeds, seededRandom, tf } from "../../lib/tensorflow/mod.ts";
import { adversarialTraining, gradientTraining, train } from "../../lib/train/mod.ts";
import { stateBits, tinyPictures } from "../train/tiny.ts";

const largest = (tensor: tfjs.Tensor) => tensor.abs().max().dataSync()[0]!;

const tinyForm = { size: 16, codeSize: 4, filters: 8 };
const tinyFaces = () => ({ training: tinyPictures(40), heldOut: tinyPictures(12, 100) });

Deno.test("seededRandom gives the same numbers for the same seeds, compiled or not", () => {
  const draw = (seed: tfjs.Tensor1D) => {
    const random = seededRandom(seed);
    return tf.stack([random.normal([50]), random.uniform([50], 2, 3)]);
  };
  using compiled = compile(draw, { firstCallEager: false });
  const [one, again, other] = [
    draw(randomSeeds(1)),
    compiled(randomSeeds(1)),
    draw(randomSeeds(2)),
  ];
  assert.ok(largest(one.sub(again)) < 1e-6);
  assert.ok(largest(one.sub(other)) > 0.1);
  const uniform = one.slice([1, 0]);
  assert.ok(uniform.min().dataSync()[0]! >= 2 && uniform.max().dataSync()[0]! < 3);
});

Deno.test("DoublingConvolution gives what upSampling2d and conv2d give, and the same gradients", () => {
  const layer = new DoublingConvolution({
    name: "doubling",
    filters: 5,
    kernelInitializer: tf.initializers.randomNormal({ seed: 1 }),
  });
  const input = tf.randomNormal<tfjs.Rank.R4>([2, 5, 6, 3], 0, 1, "float32", 2);
  layer.apply(input);
  const [kernel, bias] = layer.getWeights() as [tfjs.Tensor4D, tfjs.Tensor1D];
  const plain = (x: tfjs.Tensor) =>
    tf.conv2d(tf.image.resizeNearestNeighbor(x as tfjs.Tensor4D, [10, 12]), kernel, 1, "same")
      .add(bias);
  const joined = (x: tfjs.Tensor) => layer.apply(x) as tfjs.Tensor;
  assert.ok(largest(plain(input).sub(joined(input))) < 1e-4);
  const gradients = [plain, joined].map((fn) => tf.grad((x) => fn(x).square().sum())(input));
  assert.ok(largest(gradients[0]!.sub(gradients[1]!)) < 1e-2);
});

Deno.test("buildVae, buildGan and buildModernGan have the shapes they promise", () => {
  const vae = buildVae(tinyForm);
  assert.deepEqual(vae.encoder.outputs.map(({ shape }) => shape), [[null, 4], [null, 4]]);
  assert.deepEqual(vae.decoder.outputs[0]!.shape, [null, 16, 16, 3]);
  for (const gan of [buildGan(tinyForm), buildModernGan(tinyForm)]) {
    assert.deepEqual(gan.generator.outputs[0]!.shape, [null, 16, 16, 3]);
    assert.deepEqual(gan.discriminator.outputs[0]!.shape, [null, 1]);
    const [own, mean] = [gan.generator, gan.averaged].map((net) => net.getWeights());
    own!.forEach((weight, index) => assert.equal(largest(weight.sub(mean![index]!)), 0));
    disposeGan(gan);
  }
  for (const size of [64, 128]) {
    const generator = buildFaceGenerator({ size });
    assert.deepEqual(generator.outputs[0]!.shape, [null, size, size, 3]);
    assert.ok(2 * generator.countParams() < 6e6, "half precision fits into 6 MB");
  }
  assert.throws(() => buildGan({ size: 48 }), RangeError);
});

Deno.test("divergence is that of a normal distribution from N(0, 1)", () => {
  const shape: [number, number] = [1, 3];
  const nats = divergence({
    mean: tf.tensor2d([0, 1, 0], shape),
    logVariance: tf.tensor2d([0, 0, Math.log(4)], shape),
  });
  const expected = [0, 0.5, (4 - Math.log(4) - 1) / 2];
  nats.dataSync().forEach((value, index) => assert.ok(Math.abs(value - expected[index]!) < 1e-5));
});

Deno.test("training a VAE brings pictures back, spreads codes like N(0, 1), and leaves no tensors", async () => {
  const faces = tinyFaces();
  const vae = buildVae({ ...tinyForm, seed: 3 });
  const training = gradientTraining(vaeObjective(vae, { warmUpSteps: 20, mirrored: false }));
  let before = 0;
  let last = NaN;
  let first = NaN;
  for await (
    const { heldOut, epoch } of train(training, faces, {
      epochs: 60,
      batchSize: 20,
      learningRate: 0.01,
    })
  ) {
    if (epoch === 2) before = tf.memory().numTensors;
    if (epoch === 1) first = heldOut;
    last = heldOut;
  }
  assert.equal(tf.memory().numTensors, before);
  assert.ok(last < first / 4, `${first} to ${last}`);
  const means = (await codeMeans(vae, faces.training)).flat();
  const square = means.reduce((sum, value) => sum + value ** 2, 0) / means.length;
  assert.ok(square < 2, `mean square ${square}`);
  const nats = await divergenceByValue(vae, faces.training);
  assert.ok(nats.every((value) => value >= 0) && Math.max(...nats) > 0.5);
});

Deno.test("vaeObjective: freeBits make cheap codes free, and beta their weight", () => {
  const vae = buildVae(tinyForm);
  const pictures = tinyPictures(8);
  const objectiveAt = (options: Parameters<typeof vaeObjective>[1]) => {
    const { loss } = vaeObjective(vae, { mirrored: false, ...options });
    return loss(pictures, seededRandom(randomSeeds(1))).objective.dataSync()[0]!;
  };
  const nats = divergence(posterior(vae, pictures)).mean(0).sum().dataSync()[0]!;
  const values = 16 * 16 * 3;
  const [none, one, ten, free] = [
    objectiveAt({ beta: 0 }),
    objectiveAt({}),
    objectiveAt({ beta: 10 }),
    objectiveAt({ freeBits: 1000 }),
  ];
  assert.ok(Math.abs(one! - none! - nats / values) < 1e-5);
  assert.ok(Math.abs(ten! - none! - 10 * nats / values) < 1e-4);
  assert.ok(Math.abs(free! - none! - 4000 / values) < 1e-3);
});

Deno.test("augment changes pictures by operations that pass gradients, each picture in its own way", () => {
  const pictures = tf.ones([4, 16, 16, 3]).mul(0.5) as tfjs.Tensor4D;
  for (const part of ["color", "translation", "cutout"] as const) {
    const only = { color: false, translation: false, cutout: false, [part]: true };
    const bright = tf.randomUniform<tfjs.Rank.R4>([6, 16, 16, 3], 0.5, 1, "float32", 1);
    const changed = augment(bright, seededRandom(randomSeeds(1)), only);
    assert.deepEqual(changed.shape, bright.shape);
    const differences = changed.sub(bright).abs().mean([1, 2, 3]).dataSync();
    assert.ok(new Set(differences).size > 3, `${part}: ${differences}`);
    const gradient = tf.grad((x) =>
      augment(x as tfjs.Tensor4D, seededRandom(randomSeeds(1)), only).square().sum()
    )(bright);
    assert.ok(largest(gradient) > 0.5);
  }
  const none = augment(pictures, seededRandom(randomSeeds(1)), {
    color: false,
    translation: false,
    cutout: false,
  });
  assert.equal(largest(none.sub(pictures)), 0);
});

Deno.test("augment: translation moves a picture without changing it, and lets black in", () => {
  const picture = tf.randomUniform<tfjs.Rank.R4>([1, 16, 16, 3], 0.2, 1, "float32", 3);
  const moved = augment(picture, seededRandom(randomSeeds(5)), { color: false, cutout: false });
  let found = false;
  for (let y = -2; y <= 2; y++) {
    for (let x = -2; x <= 2; x++) {
      const framed = tf.pad(picture, [[0, 0], [2, 2], [2, 2], [0, 0]]);
      const shifted = framed.slice([0, 2 + y, 2 + x, 0], [1, 16, 16, 3]);
      if (largest(shifted.sub(moved)) < 1e-6) found = true;
    }
  }
  assert.ok(found);
});

Deno.test("mirror turns some pictures round and leaves the others", () => {
  const pictures = tf.randomUniform<tfjs.Rank.R4>([32, 4, 4, 3], 0, 1, "float32", 1);
  const mirrored = mirror(pictures, seededRandom(randomSeeds(1)));
  const distanceTo = (
    other: tfjs.Tensor,
  ) => [...mirrored.sub(other).abs().max([1, 2, 3]).dataSync()];
  const [same, turned] = [distanceTo(pictures), distanceTo(pictures.reverse(2))];
  same.forEach((distance, index) => assert.ok(Math.min(distance, turned[index]!) < 1e-6));
  const count = turned.filter((distance) => distance < 1e-6).length;
  assert.ok(count > 6 && count < 26, `${count} of 32`);
});

Deno.test("MinibatchDeviation adds the mean deviation within groups of four", () => {
  const layer = new MinibatchDeviation({ name: "deviation" });
  const same = tf.ones([4, 2, 2, 3]);
  const different = tf.randomNormal([4, 2, 2, 3], 0, 2, "float32", 1);
  const channel = (layer.apply(tf.concat([same, different])) as tfjs.Tensor4D)
    .slice([0, 0, 0, 3]);
  assert.deepEqual(channel.shape, [8, 2, 2, 1]);
  const expected = different.sub(different.mean(0)).square().mean(0).sqrt().mean().dataSync()[0]!;
  const values = channel.mean([1, 2, 3]).dataSync();
  assert.ok(values.slice(0, 4).every((value) => value < 1e-3));
  assert.ok(values.slice(4).every((value) => Math.abs(value - expected) < 1e-3));
});

Deno.test("gradientPenalty is gamma / 2 times the squared slope, nearly so by noise", () => {
  const direction = tf.randomNormal([8 * 8 * 3, 1], 0, 0.1, "float32", 1) as tfjs.Tensor2D;
  const score = (pictures: tfjs.Tensor4D) =>
    tf.matMul<tfjs.Tensor2D>(pictures.reshape([pictures.shape[0], -1]), direction);
  const pictures = tf.randomUniform<tfjs.Rank.R4>([64, 8, 8, 3], 0, 1, "float32", 2);
  const slope = direction.square().sum().dataSync()[0]!;
  const value = (kind: "exact" | "approximate") =>
    gradientPenalty(score, pictures, seededRandom(randomSeeds(1)), { kind, weight: 3, share: 1 })
      .dataSync()[0]!;
  assert.ok(Math.abs(value("exact") - 1.5 * slope) < 1e-3 * slope);
  assert.ok(Math.abs(value("approximate") / (1.5 * slope) - 1) < 0.5);
});

Deno.test("ganGame's penalty is added to the discriminator's loss, for real pictures alone", () => {
  const gan = buildGan(tinyForm);
  const real = tinyPictures(8);
  const codes = tf.randomNormal<tfjs.Rank.R2>([8, 4], 0, 1, "float32", 1);
  const loss = (weight: number) => {
    const penalty = { kind: "exact", weight, share: 1 } as const;
    const game = ganGame(gan, { augmentation: null, penalty: weight ? penalty : null });
    return game.discriminatorLoss({ real, codes }, seededRandom(randomSeeds(1))).dataSync()[0]!;
  };
  const score = (pictures: tfjs.Tensor) => (gan.discriminator.apply(pictures) as tfjs.Tensor).sum();
  const slope = tf.grad(score)(real).square().sum().div(8).dataSync()[0]!;
  assert.ok(slope > 0);
  assert.ok(Math.abs((loss(2) - loss(0)) / slope - 1) < 1e-3, `${loss(2) - loss(0)}, ${slope}`);
  disposeGan(gan);
});

for (
  const [name, build, game] of [
    ["ganGame", buildGan, ganGame],
    ["relativisticGame", buildModernGan, relativisticGame],
  ] as const
) {
  Deno.test(`${name}: the generator learns the pictures' mean, running means follow, nothing leaks`, async () => {
    const faces = tinyFaces();
    const gan = build({ ...tinyForm, seed: 2 });
    const training = adversarialTraining(game(gan), { beta1: 0.5, averageDecay: 0.9 });
    const meanError = () => {
      const codes = tf.randomNormal([64, 4], 0, 1, "float32", 1);
      const drawn = gan.averaged.predict(codes) as tfjs.Tensor4D;
      return drawn.mean(0).squaredDifference(faces.training.mean(0)).mean().dataSync()[0]!;
    };
    const before = meanError();
    let tensors = 0;
    for await (
      const { epoch } of train(training, faces, { epochs: 30, batchSize: 8, learningRate: 0.002 })
    ) {
      if (epoch === 2) tensors = tf.memory().numTensors;
    }
    assert.equal(tf.memory().numTensors, tensors);
    const after = meanError();
    assert.ok(after < before / 2, `${before} to ${after}`);
    const scores = await meanScores(gan, faces);
    assert.ok(Object.values(scores).every(Number.isFinite));
    const [live, mean] = [gan.generator, gan.averaged].map((net) => net.getWeights()[0]!);
    const distance = largest(live!.sub(mean!));
    assert.ok(distance > 0 && distance < 0.2);
    training.dispose();
    disposeGan(gan);
  });
}

Deno.test("adversarial training that is stopped ends in the same state, bit for bit", async () => {
  const folder = await Deno.makeTempDir();
  const faces = tinyFaces();
  const run = async (checkpoint: string, stopAfter = Infinity) => {
    const gan = buildModernGan(tinyForm);
    const training = adversarialTraining(relativisticGame(gan));
    const stop = new AbortController();
    let steps = 0;
    const step: typeof training.step = (...inputs) => {
      if (++steps >= stopAfter) stop.abort();
      return training.step(...inputs);
    };
    const options = { epochs: 4, batchSize: 8, checkpoint };
    for await (const _ of train({ ...training, step }, faces, options, stop.signal));
    const bits = await stateBits(training.state);
    training.dispose();
    disposeGan(gan);
    return bits;
  };
  const undisturbed = await run(`${folder}/one.safetensors`);
  assert.notEqual(await run(`${folder}/two.safetensors`, 7), undisturbed);
  assert.ok(await run(`${folder}/two.safetensors`) === undisturbed);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("diversity is 1 for the pictures themselves and 0 for one picture again and again", async () => {
  const pictures = tinyPictures(20);
  assert.ok(Math.abs(await diversity(pictures, pictures) - 1) < 1e-5);
  const same = tf.tile(tf.slice(pictures, 0, 1), [20, 1, 1, 1]);
  assert.ok(await diversity(same, pictures) < 1e-5);
});

Deno.test("imleObjective brings something near every picture", async () => {
  const faces = tinyFaces();
  const generator = buildFaceGenerator({ ...tinyForm, seed: 2 });
  const training = gradientTraining(imleObjective(generator, { rejectionRadius: 0.01 }));
  const errors: number[] = [];
  for await (
    const report of train(training, faces, { epochs: 30, batchSize: 8, learningRate: 0.005 })
  ) {
    if (report.epochFinished) errors.push(report.heldOut);
  }
  assert.ok(errors.at(-1)! < errors[0]! / 2, `${errors[0]} to ${errors.at(-1)}`);
});

Deno.test("generate gives the same pictures whatever they are generated with", async () => {
  const generator = buildFaceGenerator(tinyForm);
  const codes = randomCodes(130, 4, 1);
  const all = await generate(generator, codes);
  assert.equal(all.length, 130);
  const [alone] = await generate(generator, [codes[120]!]);
  assert.deepEqual(alone!.data, all[120]!.data);
});

Deno.test("sphericalPath keeps the length, linearPath does not, both arrive", () => {
  const [from, to] = [[1, 0, 0], [0, 1, 0]];
  const circle = sphericalPath(from, to, 5);
  const line = linearPath(from, to, 5);
  assert.ok(circle.every((code) => Math.abs(Math.hypot(...code) - 1) < 1e-9));
  assert.ok(Math.abs(Math.hypot(...line[2]!) - Math.SQRT1_2) < 1e-9);
  for (const path of [circle, line]) {
    assert.ok(path[0]!.every((value, index) => Math.abs(value - from[index]!) < 1e-9));
    assert.ok(path[4]!.every((value, index) => Math.abs(value - to[index]!) < 1e-9));
  }
  assert.ok(sphericalPath(from, from, 3).flat().every(Number.isFinite));
});

Deno.test("gaussianMixture finds two clouds, and samples from them", () => {
  const points = [
    ...randomCodes(200, 2, 1).map(([x, y]) => [x! * 0.5 - 4, y! * 0.5]),
    ...randomCodes(100, 2, 2).map(([x, y]) => [x! * 0.5 + 4, y! * 0.5 + 2]),
  ];
  const mixture = gaussianMixture(points, { components: 2, shared: 0, seed: 3 });
  const [left, right] = mixture.means.map(([x], index) => ({
    x: x!,
    weight: mixture.weights[index]!,
  }))
    .sort((a, b) => a.x - b.x);
  assert.ok(Math.abs(left!.x + 4) < 0.2 && Math.abs(right!.x - 4) < 0.2);
  assert.ok(Math.abs(left!.weight - 2 / 3) < 0.05);
  const samples = mixture.sample(600, 1);
  assert.ok(Math.abs(samples.filter(([x]) => x! < 0).length / 600 - 2 / 3) < 0.08);
  const one = gaussianMixture(points, { components: 1, shared: 0 });
  assert.ok(mixture.logDensity(points) > one.logDensity(points) + 0.5);
});

Deno.test("namedWeights names every weight of every part once", () => {
  const { generator } = buildGan(tinyForm);
  const all = namedWeights({ generator }, "all");
  assert.equal(all.size, generator.weights.length);
  assert.equal(
    namedWeights({ generator }).size + namedWeights({ generator }, "other").size,
    all.size,
  );
});

Deno.test("standardizeCodes makes a decoder draw from N(0, I) what it drew where the codes lie", () => {
  const [plain, standard] = [0, 0].map(() => buildFaceGenerator({ ...tinyForm, seed: 5 }));
  const codes = randomCodes(4000, 4, 1)
    .map(([a, b, c, d]) => [3 * a! + 1, a! + 0.5 * b!, c! - 2, 0.1 * d!]);
  standardizeCodes(standard!, codes);
  // The second code is the mean; the first one lies one standard deviation along the first number.
  const [one, middle] = [[1, 0, 0, 0], [0, 0, 0, 0]]
    .map((code) => standard!.predict(tf.tensor2d([code])) as tfjs.Tensor);
  const [otherOne, otherMiddle] = [[4, 1, -2, 0], [1, 0, -2, 0]]
    .map((code) => plain!.predict(tf.tensor2d([code])) as tfjs.Tensor);
  assert.ok(largest(middle!.sub(otherMiddle!)) < 0.02);
  assert.ok(largest(one!.sub(otherOne!)) < 0.05);
  assert.ok(largest(one!.sub(middle!)) > 0.06);
});
