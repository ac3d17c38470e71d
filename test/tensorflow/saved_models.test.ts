import assert from "node:assert/strict";
import type { NamedTensorMap } from "@tensorflow/tfjs-core";
import { nodeNamespace } from "../../lib/tensorflow/backend/node_namespace.ts";
import { tensorFlowBackend } from "../../lib/tensorflow/engine.ts";
import { tf } from "../../lib/tensorflow/mod.ts";
import { writeSavedModel } from "./saved_model_fixture.ts";
import { withoutLeak } from "./without_leak.ts";

interface SavedModels {
  getMetaGraphsFromSavedModel(folder: string): Promise<
    {
      tags: string[];
      signatureDefs: Record<string, { inputs: Record<string, { dtype: string }> }>;
    }[]
  >;
  loadSavedModel(folder: string, tags?: string[], signature?: string): Promise<
    { predict(inputs: NamedTensorMap): NamedTensorMap; dispose(): void }
  >;
  getNumOfSavedModels(): number;
}

const onTensorFlow = { ignore: tensorFlowBackend === null };
const node = nodeNamespace().node as unknown as SavedModels;

async function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await writeSavedModel(folder);
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test(
  "a saved model lists its signatures, loads, runs and is freed",
  onTensorFlow,
  () =>
    inFolder((folder) =>
      withoutLeak(async () => {
        const [graph] = await node.getMetaGraphsFromSavedModel(folder);
        assert.deepEqual(graph!.tags, ["serve"]);
        const { inputs } = graph!.signatureDefs.serving_default!;
        assert.deepEqual(
          Object.entries(inputs).map(([name, { dtype }]) => [name, dtype]).sort(),
          [["label", "string"], ["x", "float32"]],
        );
        const model = await node.loadSavedModel(folder);
        assert.equal(node.getNumOfSavedModels(), 1);
        tf.tidy(() => {
          const label = tf.scalar("a label that is longer than 22 bytes", "string");
          const outputs = model.predict({ x: tf.tensor2d([[1, 2], [3, 4]]), label });
          assert.deepEqual(outputs.y!.arraySync(), [[3, 14], [7, 18]]);
          assert.deepEqual(outputs.label_out!.dataSync(), label.dataSync());
        });
        model.dispose();
        assert.equal(node.getNumOfSavedModels(), 0);
      })
    ),
);

Deno.test(
  "what goes wrong with a saved model is an error that names it",
  onTensorFlow,
  () =>
    inFolder(async (folder) => {
      const { binding } = tensorFlowBackend!;
      assert.throws(() => binding.loadSavedModel(folder + "/none", "serve"), /none.*failed/s);
      assert.throws(() => binding.loadSavedModel(folder, "train"), /tags "train" failed/);
      const id = binding.loadSavedModel(folder, "serve");
      const x = binding.createTensor([1, 2], binding.TF_FLOAT, new Float32Array(2));
      await withoutLeak(() => {
        assert.throws(() => binding.runSavedModel(id, [x], "nothing:0", "y:0"), /named nothing/);
        assert.throws(() => binding.runSavedModel(id, [x], "x:0", "nothing:0"), /named nothing/);
        assert.throws(() => binding.runSavedModel(id, [x, x], "x:0", "y:0"), /takes 1 inputs/);
        assert.throws(() => binding.runSavedModel(id, [x], "x:7", "y:0"), /x:7 is none/);
        assert.throws(() => binding.runSavedModel(id, [x], "label:0", "y:0"), /Running.*failed/);
      });
      binding.deleteTensor(x);
      binding.deleteSavedModel(id);
      assert.throws(() => binding.deleteSavedModel(id), /There is no saved model/);
      assert.throws(() => binding.runSavedModel(id, [], "", "y:0"), /There is no saved model/);
    }),
);
