import type { Context } from "./context.ts";
import { cName } from "./c_strings.ts";
import { DataType } from "./data_types.ts";
import { Numbered } from "./numbered.ts";
import { deleteTensor, newTensor, tensorValues } from "./tensor_memory.ts";

/** A tensor that TensorFlow holds for us. */
export interface Handle {
  pointer: Deno.PointerValue;
  readonly dtype: number;
  readonly shape: number[];
}

/**
 * The tensors that live in TensorFlow, by the number that JavaScript knows them by. A number that
 * was deleted stays an error and never means another tensor.
 */
export class Handles {
  readonly #live = new Numbered<Handle>();
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** How many tensors live. */
  get count(): number {
    return this.#live.count;
  }

  /** A number that no tensor of this table has or will have: for the symbols of a trace. */
  reserve(): number {
    return this.#live.reserve();
  }

  /** Takes over a handle that TensorFlow made, and reads its shape and type. */
  adopt(pointer: Deno.PointerValue): number {
    const { c, status } = this.#context;
    const rank = c.TFE_TensorHandleNumDims(pointer, status.pointer);
    const shape = new Array<number>(Math.max(0, rank));
    for (let axis = 0; axis < rank; axis++) {
      shape[axis] = Number(c.TFE_TensorHandleDim(pointer, axis, status.pointer));
    }
    const id = this.#live.add({ pointer, dtype: c.TFE_TensorHandleDataType(pointer), shape });
    status.check(() => "Reading the shape of a tensor");
    return id;
  }

  /** Makes a tensor with a copy of the values. */
  create(shape: readonly number[], dtype: number, values: unknown): number {
    const { c, status, gpu } = this.#context;
    const tensor = newTensor(c, shape, dtype, values);
    let pointer = c.TFE_NewTensorHandle(tensor, status.pointer);
    if (dtype === DataType.string) pointer = this.#ownStrings(pointer, tensor);
    else c.TF_DeleteTensor(tensor);
    status.check(() => `Making a tensor of shape [${shape}]`);
    if (gpu && dtype !== DataType.int32 && dtype !== DataType.string) {
      const onHost = pointer;
      pointer = c.TFE_TensorHandleCopyToDevice(onHost, this.#context.pointer, gpu, status.pointer);
      c.TFE_DeleteTensorHandle(onHost);
      status.check(() => `Copying a tensor of shape [${shape}] to the GPU`);
    }
    return this.#live.add({ pointer, dtype, shape: [...shape] });
  }

  /**
   * The texts in a tensor that C allocated belong to nobody: TensorFlow frees such memory without
   * looking into it. A deep copy belongs to TensorFlow, which frees its texts with the last user.
   */
  #ownStrings(source: Deno.PointerValue, tensor: Deno.PointerValue): Deno.PointerValue {
    const { c, status } = this.#context;
    const op = c.TFE_NewOp(this.#context.pointer, deepCopy, status.pointer);
    c.TFE_OpAddInput(op, source, status.pointer);
    const result = new BigUint64Array(1);
    c.TFE_Execute(op, result, Int32Array.of(1), status.pointer);
    c.TFE_DeleteOp(op);
    c.TFE_DeleteTensorHandle(source);
    deleteTensor(c, tensor);
    status.check(() => "Making a string tensor");
    return Deno.UnsafePointer.create(result[0]!);
  }

  /** A second number for a tensor: each is deleted for itself, the memory goes with the last. */
  share(id: number): number {
    const { c, status } = this.#context;
    const { pointer, dtype, shape } = this.get(id);
    const copy = c.TFE_TensorHandleCopySharingTensor(pointer, status.pointer);
    status.check(() => `Sharing tensor ${id}`);
    return this.#live.add({ pointer: copy, dtype, shape });
  }

  /** Puts another tensor of the same shape and type, which TensorFlow made, in the place of one. */
  replace(id: number, pointer: Deno.PointerValue): void {
    const handle = this.get(id);
    this.#context.c.TFE_DeleteTensorHandle(handle.pointer);
    handle.pointer = pointer;
  }

  /** The tensor with that number; an error where it was deleted or never was. */
  get(id: number): Handle {
    const handle = this.#live.get(id);
    if (!handle) throw new Error(`There is no tensor ${id}: it was disposed, or never made`);
    return handle;
  }

  /** A copy of the values. */
  read(id: number): ArrayBufferView<ArrayBuffer> | Uint8Array[] {
    const { c, status } = this.#context;
    const tensor = c.TFE_TensorHandleResolve(this.get(id).pointer, status.pointer);
    status.check(() => `Reading tensor ${id}`);
    try {
      return tensorValues(c, tensor);
    } finally {
      c.TF_DeleteTensor(tensor);
    }
  }

  /** Gives a tensor back to TensorFlow. */
  delete(id: number): void {
    const { pointer } = this.get(id);
    this.#live.delete(id);
    this.#context.c.TFE_DeleteTensorHandle(pointer);
  }
}

const deepCopy = cName("DeepCopy");
