import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type * as tfjs from "@tensorflow/tfjs";
import { kerasModel } from "../../lib/faces/gender/keras_file.ts";
import { loadXceptionGender } from "../../lib/faces/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";

const tiny = fileURLToPath(new URL("fixtures/tiny_keras_2.hdf5", import.meta.url));
const xception = fileURLToPath(
  new URL("../../../shared/models/gender_mini_XCEPTION.21-0.95.hdf5", import.meta.url),
);

Deno.test("kerasModel reads layers, their order and all weights of a file of Keras 2", async () => {
  // 1 x 1 convolution to (2x + 1, 3 - x), normalization to (2x, 4 - x), mean over the pixels.
  const model = await kerasModel(await Deno.readFile(tiny));
  const input = tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1]);
  const output = model.predict(input) as tfjs.Tensor;
  const [first, second] = await output.data();
  assert.ok(Math.abs(first! - 6) < 1e-5 && Math.abs(second! - 1) < 1e-5, `${first}, ${second}`);
  tf.dispose([input, output]);
  model.dispose();
});

Deno.test("kerasModel refuses bytes that are no Keras file", async () => {
  await assert.rejects(kerasModel(new Uint8Array(2000)));
  const html = new TextEncoder().encode("<html>not found</html>");
  await assert.rejects(kerasModel(html));
});

Deno.test("loadXceptionGender refuses a file with another sha256, from a path and from an address", async () => {
  await assert.rejects(loadXceptionGender(tiny), /Expected a file with sha256 7affc7bd/);
  await assert.rejects(loadXceptionGender("/no/such/file.hdf5"), Deno.errors.NotFound);
  const bytes = await Deno.readFile(tiny);
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    ({ url }) => url.endsWith("tiny") ? new Response(bytes) : new Response("", { status: 404 }),
  );
  const { port } = server.addr;
  await assert.rejects(loadXceptionGender(`http://127.0.0.1:${port}/tiny`), /found [0-9a-f]{64}/);
  await assert.rejects(
    loadXceptionGender(new URL(`http://127.0.0.1:${port}/gone`)),
    /answered with status 404/,
  );
});

Deno.test({
  name: "the post's network gives the numbers of an independent reckoning in numpy within 1e-5",
  ignore: !existsSync(xception),
  async fn() {
    const model = await kerasModel(await Deno.readFile(xception));
    const values = Array.from({ length: 64 * 64 }, (_, at) => at * 37 % 251 / 251 * 2 - 1);
    const input = tf.tensor4d(values, [1, 64, 64, 1]);
    const output = model.predict(input) as tfjs.Tensor;
    const [woman, man] = await output.data();
    assert.ok(Math.abs(woman! - 0.23775547) < 1e-5, `${woman}`);
    assert.ok(Math.abs(man! - 0.76224453) < 1e-5, `${man}`);
    tf.dispose([input, output]);
    model.dispose();
  },
});
