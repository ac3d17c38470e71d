import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import { tf } from "../../lib/tensorflow/mod.ts";
import { assertNear } from "./assert_near.ts";
import { withoutLeak } from "./without_leak.ts";

/** A transposed convolution of stride 2 is the sum of what its kernel makes of every value. */
function bySums(x: Tensor4D, kernel: Tensor4D): Float32Array {
  const [count, height, width, inputs] = x.shape;
  const channels = kernel.shape[2];
  const [values, weights] = [x.dataSync(), kernel.dataSync()];
  const result = new Float32Array(count * 4 * height * width * channels);
  for (let value = 0; value < values.length; value++) {
    const input = value % inputs;
    const column = Math.floor(value / inputs) % width;
    const row = Math.floor(value / inputs / width) % height;
    const picture = Math.floor(value / inputs / width / height);
    for (let weight = input; weight < weights.length; weight += inputs) {
      const channel = Math.floor(weight / inputs) % channels;
      const across = Math.floor(weight / inputs / channels) % 4;
      const down = Math.floor(weight / inputs / channels / 4);
      const [y, x] = [2 * row + down - 1, 2 * column + across - 1];
      if (y < 0 || x < 0 || y >= 2 * height || x >= 2 * width) continue;
      const place = ((picture * 2 * height + y) * 2 * width + x) * channels + channel;
      result[place]! += values[value]! * weights[weight]!;
    }
  }
  return result;
}

for (const channels of [1, 3, 4]) {
  Deno.test(`a transposed convolution onto ${channels} channels and a convolution's gradient for them are their sums`, () =>
    withoutLeak(() => {
      const x = tf.randomNormal([2, 5, 3, 7], 0, 1, "float32", 1) as Tensor4D;
      const kernel = tf.randomNormal([4, 4, channels, 7], 0, 1, "float32", 2) as Tensor4D;
      const shape: [number, number, number, number] = [2, 10, 6, channels];
      const sums = bySums(x, kernel);
      const direct = tf.conv2dTranspose(x, kernel, shape, 2, "same");
      assertNear(direct, sums, { share: 1e-6, what: "transposed convolution" });
      const ofInput = tf.tidy(() =>
        tf.grad((input: Tensor) => tf.conv2d(input as Tensor4D, kernel, 2, "same"))(
          tf.zeros(shape),
          x,
        )
      );
      assertNear(ofInput, sums, { share: 1e-6, what: "gradient of the input" });
      tf.dispose([x, kernel, direct, ofInput]);
    }));
}
