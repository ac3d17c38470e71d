import type { GraphModel, NamedTensorMap, Tensor } from "@tensorflow/tfjs";
import { compile } from "./compile.ts";

/** What can be run as a whole: a model loaded with `tf.loadGraphModel`, or one of Human's. */
type Model = Pick<GraphModel, "execute" | "dispose">;

const compiledModels = new WeakSet<Model>();

/**
 * Makes a loaded graph model run compiled from now on: `model.execute` and `model.predict` become
 * one call into TensorFlow each, instead of one for every node. Each new shape of the input is
 * traced anew, so feed it few different ones. Models with control flow, which need `executeAsync`,
 * stay as they are: only their `executeAsync` works, as before.
 *
 * Returns the model, whose `dispose` then frees the compiled graphs too. Doing it twice does
 * nothing more.
 *
 * ```ts
 * await human.load();
 * for (const model of Object.values(human.models.models)) if (model) compileModel(model);
 * ```
 */
export function compileModel<M extends Model>(model: M): M {
  if (compiledModels.has(model)) return model;
  compiledModels.add(model);
  const { execute, dispose } = model;
  const compiled = compile(
    (inputs: Tensor | Tensor[] | NamedTensorMap, outputs?: string | string[]) =>
      execute.call(model, inputs, outputs),
    { name: "execute of a graph model", firstCallEager: false },
  );
  model.execute = compiled;
  model.dispose = () => {
    compiled.dispose();
    dispose.call(model);
  };
  return model;
}
