import { cString } from "./c_strings.ts";
import type { Context } from "./context.ts";
import { type GraphOutput, outputArray, outputOf } from "./graph_outputs.ts";
import type { Handle } from "./handles.ts";
import { pointerArray, pointersAt } from "./pointers.ts";

interface SavedModel {
  readonly folder: string;
  readonly session: Deno.PointerValue;
  readonly graph: Deno.PointerValue;
}

/** Models in TensorFlow's own SavedModel format: load, run, delete. */
export class SavedModels {
  readonly #models = new Map<number, SavedModel>();
  readonly #context: Context;
  #next = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  /** How many models are loaded. */
  get count(): number {
    return this.#models.size;
  }

  /** Loads the graph with these tags (separated by commas) from a folder. */
  load(folder: string, tags: string): number {
    const { c, status } = this.#context;
    const options = c.TF_NewSessionOptions();
    const graph = c.TF_NewGraph();
    const tagTexts = tags.split(",").filter((tag) => tag !== "").map(cString);
    const tagPointers = pointerArray(tagTexts.map((text) => Deno.UnsafePointer.of(text)));
    const session = c.TF_LoadSessionFromSavedModel(
      options,
      null,
      cString(folder),
      tagPointers,
      tagTexts.length,
      graph,
      null,
      status.pointer,
    );
    c.TF_DeleteSessionOptions(options);
    if (session === null) c.TF_DeleteGraph(graph);
    status.check(() => `Loading the saved model ${folder} with the tags "${tags}"`);
    const id = this.#next++;
    this.#models.set(id, { folder, session, graph });
    return id;
  }

  /**
   * Runs a model and returns the handles of its outputs, which the caller then owns. Names are
   * those of the model's signature, "serving_default_x:0", separated by commas.
   */
  run(
    id: number,
    inputs: readonly Handle[],
    inputNames: string,
    outputNames: string,
  ): Deno.PointerValue[] {
    const { c, status } = this.#context;
    const model = this.#get(id);
    const sources = this.#outputs(model, inputNames);
    const targets = this.#outputs(model, outputNames);
    if (sources.length !== inputs.length) {
      throw new Error(
        `The saved model ${model.folder} takes ${sources.length} inputs (${inputNames}), ` +
          `not ${inputs.length}`,
      );
    }
    const inputTensors: Deno.PointerValue[] = [];
    const results = new BigUint64Array(targets.length);
    try {
      for (const input of inputs) {
        inputTensors.push(c.TFE_TensorHandleResolve(input.pointer, status.pointer));
        status.check(() => `Reading an input of the saved model ${model.folder}`);
      }
      c.TF_SessionRun(
        model.session,
        null,
        outputArray(sources),
        pointerArray(inputTensors),
        sources.length,
        outputArray(targets),
        results,
        targets.length,
        null,
        0,
        null,
        status.pointer,
      );
      status.check(() => `Running the saved model ${model.folder}`);
    } finally {
      for (const tensor of inputTensors) if (tensor) c.TF_DeleteTensor(tensor);
    }
    return pointersAt(results).map((tensor) => {
      const handle = c.TFE_NewTensorHandle(tensor, status.pointer);
      c.TF_DeleteTensor(tensor);
      status.check(() => `Reading an output of the saved model ${model.folder}`);
      return handle;
    });
  }

  /** Frees a model. */
  delete(id: number): void {
    const { c, status } = this.#context;
    const model = this.#get(id);
    this.#models.delete(id);
    c.TF_CloseSession(model.session, status.pointer);
    c.TF_DeleteSession(model.session, status.pointer);
    c.TF_DeleteGraph(model.graph);
    status.check(() => `Deleting the saved model ${model.folder}`);
  }

  #get(id: number): SavedModel {
    const model = this.#models.get(id);
    if (!model) throw new Error(`There is no saved model ${id}: it was deleted, or never loaded`);
    return model;
  }

  #outputs(model: SavedModel, names: string): GraphOutput[] {
    return names.split(",").filter((name) => name !== "").map((fullName) => {
      const [name, index = "0"] = fullName.split(":");
      const operation = this.#context.c.TF_GraphOperationByName(model.graph, cString(name!));
      if (operation === null) {
        throw new Error(`The saved model ${model.folder} has no operation named ${name}`);
      }
      const count = this.#context.c.TF_OperationNumOutputs(operation);
      if (!/^\d+$/.test(index) || Number(index) >= count) {
        throw new Error(
          `The operation ${name} of the saved model ${model.folder} has ${count} outputs; ` +
            `${fullName} is none of them`,
        );
      }
      return outputOf(operation, Number(index));
    });
  }
}
