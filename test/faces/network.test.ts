import assert from "node:assert/strict";
import { loadEyeNet } from "../../lib/faces/eyes.ts";
import { joined, network, sideBySide } from "../../lib/faces/network.ts";
import { tf } from "../../lib/tensorflow/mod.ts";

Deno.test("a network gives every picture its own result, whatever their number", async () => {
  const sums = network({ side: 2, batch: 4, compute: (input) => [tf.sum(input, [1, 2, 3])] });
  const counts = [1, 2, 3, 4, 5, 9];
  const results = await Promise.all(counts.map(async (count) => {
    const pictures = Float32Array.from({ length: 12 * count }, (_, at) => Math.floor(at / 12));
    return (await sums.run(pictures, count))[0]!;
  }));
  results.forEach((result, index) =>
    assert.deepEqual([...result], Array.from({ length: counts[index]! }, (_, at) => 12 * at))
  );
});

Deno.test("a network's first calls at the same time compute what each computes alone", async () => {
  const pixels = 64 * 64 * 3;
  const groups = Array.from(
    { length: 4 },
    (_, group) => Float32Array.from({ length: 16 * pixels }, (_, at) => at * (7 + group) % 97 / 97),
  );
  for (let repetition = 0; repetition < 20; repetition++) {
    const eyeNet = await loadEyeNet();
    const together = await Promise.all(groups.map((pictures) => eyeNet.run(pictures, 16)));
    for (const [group, pictures] of groups.entries()) {
      assert.deepEqual(together[group], await eyeNet.run(pictures, 16));
    }
  }
});

Deno.test("joined puts pictures one after the other, and does not copy those that are", () => {
  const room = sideBySide(3, 2);
  room.forEach((picture, index) => picture.fill(index));
  assert.deepEqual([...joined(room)], [0, 0, 1, 1, 2, 2]);
  assert.equal(joined(room).buffer, room[0]!.buffer);
  assert.deepEqual([...joined(room.slice(1))], [1, 1, 2, 2]);
  assert.deepEqual([...joined(room.toReversed())], [2, 2, 1, 1, 0, 0]);
  assert.deepEqual([...joined([])], []);
});
