import { type Attribute, AttributeKind } from "../c_library/attributes.ts";
import { Context } from "../c_library/context.ts";
import { DataType } from "../c_library/data_types.ts";
import { execute } from "../c_library/execute.ts";
import { Handles } from "../c_library/handles.ts";
import type { CLibrary } from "../c_library/open_library.ts";
import { SavedModels } from "../c_library/saved_models.ts";

/** What tfjs-node's kernels learn of an op's output. */
export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/**
 * What a {@link Binding} hands its calls to while a function is being traced, in place of running
 * them.
 */
export interface Recorder {
  create(shape: readonly number[], dtype: number, values: unknown): number;
  delete(id: number): void;
  read(id: number): unknown;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputCount: number,
  ): TensorMetadata[];
}

/**
 * The interface that tfjs-node's own C++ addon offers to its JavaScript half (`TFJSBinding`), here
 * over Deno's FFI. Every method checks what it is given before anything crosses into C, and every
 * failure is an Error; see `c_library/` for how each is done.
 */
export class Binding {
  readonly context: Context;
  readonly handles: Handles;
  readonly savedModels: SavedModels;
  /** While set, ops are recorded and not run. */
  recorder: Recorder | null = null;

  readonly TF_FLOAT = DataType.float32;
  readonly TF_INT32 = DataType.int32;
  readonly TF_INT64 = DataType.int64;
  readonly TF_BOOL = DataType.bool;
  readonly TF_COMPLEX64 = DataType.complex64;
  readonly TF_STRING = DataType.string;
  readonly TF_RESOURCE = DataType.resource;
  readonly TF_UINT8 = DataType.uint8;
  readonly TF_ATTR_STRING = AttributeKind.string;
  readonly TF_ATTR_INT = AttributeKind.int;
  readonly TF_ATTR_FLOAT = AttributeKind.float;
  readonly TF_ATTR_BOOL = AttributeKind.bool;
  readonly TF_ATTR_TYPE = AttributeKind.type;
  readonly TF_ATTR_SHAPE = AttributeKind.shape;
  readonly TF_ATTR_RESOURCE = 20;
  readonly TF_Version: string;

  constructor(c: CLibrary) {
    this.context = new Context(c);
    this.handles = new Handles(this.context);
    this.savedModels = new SavedModels(this.context);
    this.TF_Version = this.context.version;
  }

  createTensor(shape: number[], dtype: number, values: unknown): number {
    return (this.recorder ?? this.handles).create(shape, dtype, values);
  }

  deleteTensor(id: number): void {
    (this.recorder ?? this.handles).delete(id);
  }

  tensorDataSync(id: number): unknown {
    return (this.recorder ?? this.handles).read(id);
  }

  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputCount: number,
  ): TensorMetadata[] {
    if (this.recorder) return this.recorder.executeOp(name, attributes, inputs, outputCount);
    return this.executeNow(name, attributes, inputs, outputCount);
  }

  /** Runs an op, whether or not a function is being traced. */
  executeNow(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputCount: number,
  ): TensorMetadata[] {
    const tensors = inputs.map((id) => this.handles.get(id));
    return this.adoptAll(execute(this.context, name, attributes, tensors, outputCount));
  }

  loadSavedModel(folder: string, tags: string): number {
    return this.savedModels.load(folder, tags);
  }

  deleteSavedModel(id: number): void {
    this.savedModels.delete(id);
  }

  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[] {
    const tensors = inputs.map((input) => this.handles.get(input));
    return this.adoptAll(this.savedModels.run(id, tensors, inputNames, outputNames));
  }

  getNumOfSavedModels(): number {
    return this.savedModels.count;
  }

  getNumOfTensors(): number {
    return this.handles.count;
  }

  isUsingGpuDevice(): boolean {
    return this.context.gpu !== null;
  }

  /** Takes over handles that TensorFlow made. */
  adoptAll(pointers: readonly Deno.PointerValue[]): TensorMetadata[] {
    return pointers.map((pointer) => {
      const id = this.handles.adopt(pointer);
      const { shape, dtype } = this.handles.get(id);
      return { id, shape, dtype };
    });
  }
}
