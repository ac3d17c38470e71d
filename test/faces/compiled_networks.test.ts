import type * as tfjs from "@tensorflow/tfjs";
import { loadHumanGraph } from "../../lib/faces/network.ts";
import { compile, engine, tf } from "../../lib/tensorflow/mod.ts";
import { assertNear } from "../tensorflow/assert_near.ts";

/** The graphs that the project runs, with the side of their pictures and what is read of them. */
const graphs: readonly (readonly [name: string, side: number, outputs: string[]])[] = [
  ["blazeface", 256, ["Identity", "Identity_1", "Identity_2", "Identity_3"]],
  ["facemesh", 192, ["Identity_1", "Identity_2"]],
  ["iris", 64, ["Identity"]],
  ["faceres", 224, ["gender_pred/Sigmoid", "global_pooling/Mean"]],
];

for (const [name, side, outputs] of graphs) {
  Deno.test(
    `${name} gives the same compiled, to 1 part in a million`,
    { ignore: engine.name !== "tensorflow" },
    async () => {
      const compute = await loadHumanGraph(name, outputs);
      const run = (pictures: tfjs.Tensor4D) => [compute(pictures)].flat();
      using compiled = compile(run, { firstCallEager: false, rewrite: true });
      tf.tidy(() => {
        const smooth = tf.image.resizeBilinear(
          tf.randomUniform([2, 8, 8, 3], 0, 1, "float32", 5) as tfjs.Tensor4D,
          [side, side],
        );
        const expected = run(smooth).map((tensor) => tensor.dataSync<"float32">());
        compiled(smooth).forEach((tensor, index) =>
          assertNear(tensor, expected[index]!, { share: 1e-6, what: outputs[index]! })
        );
      });
    },
  );
}
