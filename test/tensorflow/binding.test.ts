import assert from "node:assert/strict";
import { DataType } from "../../lib/tensorflow/c_library/data_types.ts";
import { tensorFlowBackend } from "../../lib/tensorflow/engine.ts";
import { engine, tf } from "../../lib/tensorflow/mod.ts";
import { withoutLeak } from "./without_leak.ts";

const onTensorFlow = { ignore: engine.name !== "tensorflow" };
const binding = tensorFlowBackend?.binding!;

/** Makes a tensor, gives its number to `use` and deletes it. */
function withTensor<T>(
  shape: number[],
  dtype: number,
  values: unknown,
  use: (id: number) => T,
): T {
  const id = binding.createTensor(shape, dtype, values);
  try {
    return use(id);
  } finally {
    binding.deleteTensor(id);
  }
}

Deno.test(
  "binding gives back the values of every numeric type",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const cases = [
        [DataType.float32, Float32Array.of(1.5, -2, NaN, Infinity)],
        [DataType.float64, Float64Array.of(1.5, -2, 1e300, 0)],
        [DataType.int32, Int32Array.of(-(2 ** 31), -1, 0, 2 ** 31 - 1)],
        [DataType.int64, BigInt64Array.of(-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n)],
        [DataType.uint8, Uint8Array.of(0, 1, 128, 255)],
        [DataType.int8, Int8Array.of(-128, -1, 0, 127)],
        [DataType.int16, Int16Array.of(-32768, -1, 0, 32767)],
        [DataType.uint16, Uint16Array.of(0, 1, 2, 65535)],
        [DataType.bool, Uint8Array.of(0, 1, 1, 0)],
      ] as const;
      for (const [dtype, values] of cases) {
        withTensor([2, 2], dtype, values, (id) => {
          assert.deepEqual(binding.tensorDataSync(id), values);
          assert.deepEqual(binding.handles.get(id).shape, [2, 2]);
        });
      }
    }),
);

Deno.test(
  "binding keeps complex numbers, through arithmetic as well",
  onTensorFlow,
  () =>
    withoutLeak(() =>
      tf.tidy(() => {
        const z = tf.complex([1, 2], [3, -4]);
        assert.deepEqual([...z.dataSync()], [1, 3, 2, -4]);
        const square = tf.mul(z, z);
        assert.deepEqual([...tf.real(square).dataSync()], [1 - 9, 4 - 16]);
        assert.deepEqual([...tf.imag(square).dataSync()], [6, -16]);
      })
    ),
);

Deno.test(
  "binding reads int64 from low and high halves",
  onTensorFlow,
  () =>
    withoutLeak(() =>
      withTensor([2], DataType.int64, Int32Array.of(7, 0, -1, -1), (id) => {
        assert.deepEqual(binding.tensorDataSync(id), BigInt64Array.of(7n, -1n));
      })
    ),
);

Deno.test(
  "binding takes tensors without elements and scalars",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      withTensor([0, 3], DataType.float32, new Float32Array(0), (id) => {
        assert.deepEqual(binding.tensorDataSync(id), new Float32Array(0));
      });
      withTensor(
        [0],
        DataType.string,
        [],
        (id) => assert.deepEqual(binding.tensorDataSync(id), []),
      );
      withTensor([], DataType.bool, Uint8Array.of(1), (id) => {
        assert.deepEqual(binding.tensorDataSync(id), Uint8Array.of(1));
      });
    }),
);

Deno.test(
  "binding refuses values that do not fit shape and type",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const { createTensor } = binding;
      const create = (...args: Parameters<typeof createTensor>) => () =>
        binding.createTensor(...args);
      assert.throws(create([3], DataType.float32, new Float32Array(2)), /takes 3 values, not 2/);
      assert.throws(create([2], DataType.complex64, new Float32Array(2)), /takes 4 values, not 2/);
      assert.throws(create([2], DataType.int64, new Int32Array(2)), /takes 4 values, not 2/);
      assert.throws(create([2], DataType.float32, new Int32Array(2)), /must be a Float32Array/);
      assert.throws(create([2], DataType.float32, [1, 2]), /must be a typed array/);
      assert.throws(create([2], DataType.string, ["a", "b"]), /array of Uint8Array/);
      assert.throws(create([2], DataType.string, [new Uint8Array(1)]), /takes 2 values, not 1/);
      assert.throws(create([2], DataType.string, new Array(2)), /array of Uint8Array/);
      assert.throws(create([-1], DataType.float32, new Float32Array(1)), /no shape/);
      assert.throws(create([1.5], DataType.float32, new Float32Array(1)), /no shape/);
      assert.throws(create([1], DataType.resource, new Uint8Array(1)), /resource/);
      assert.throws(create([2 ** 40, 2 ** 40], DataType.float32, new Float32Array(1)), /too large/);
    }),
);

Deno.test(
  "binding refuses tensors that were deleted or never made",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const id = binding.createTensor([1], DataType.float32, new Float32Array(1));
      binding.deleteTensor(id);
      for (const wrong of [id, -1, 1.5, 10 ** 9]) {
        assert.throws(() => binding.deleteTensor(wrong), /There is no tensor/);
        assert.throws(() => binding.tensorDataSync(wrong), /There is no tensor/);
        assert.throws(() => binding.executeOp("Relu", [], [wrong], 1), /There is no tensor/);
      }
    }),
);

Deno.test(
  "errors of TensorFlow name the op and the types and shapes of its inputs",
  onTensorFlow,
  () =>
    withoutLeak(() =>
      withTensor([2, 3], DataType.float32, new Float32Array(6), (id) => {
        assert.throws(
          () => binding.executeOp("MatMul", [], [id, id], 1),
          /^TensorFlowError: Op MatMul\(float32\[2,3\], float32\[2,3\]\) failed: Matrix size-incomp/,
        );
        assert.throws(() => binding.executeOp("NoSuchOp", [], [id], 1), /NoSuchOp/);
        assert.throws(
          () => binding.executeOp("Relu", [], [id, id], 1),
          /Relu takes 1 inputs, not 2/,
        );
        assert.throws(() => binding.executeOp("Relu", [], [id], 0), /Expecting 1 outputs/);
      })
    ),
);

Deno.test(
  "attributes are checked against the op's definition",
  onTensorFlow,
  () =>
    withoutLeak(() =>
      withTensor([1, 2, 2, 1], DataType.float32, new Float32Array(4), (id) => {
        const { TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_TYPE, TF_ATTR_BOOL } = binding;
        const pool = (name: string, type: number, value: unknown) => () =>
          binding.executeOp("MaxPool", [{ name, type, value }], [id], 1);
        assert.throws(pool("width", TF_ATTR_INT, 1), /width of op MaxPool is not known.*ksize/);
        assert.throws(pool("ksize", TF_ATTR_STRING, "2"), /ksize of op MaxPool is a list\(int\)/);
        assert.throws(pool("ksize", TF_ATTR_INT, 2), /give an array/);
        assert.throws(pool("ksize", TF_ATTR_INT, [1, 2.5]), /whole number, not 2\.5/);
        assert.throws(pool("padding", TF_ATTR_STRING, 7), /must be a text, not 7/);
        assert.throws(pool("T", TF_ATTR_TYPE, "float"), /must be one of TensorFlow's data types/);
        assert.throws(
          () =>
            binding.executeOp("Sum", [{ name: "keep_dims", type: TF_ATTR_BOOL, value: 1 }], [
              id,
              id,
            ], 1),
          /must be true or false, not 1/,
        );
      })
    ),
);

Deno.test(
  "attributes of every kind reach TensorFlow, lists too",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const { TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_TYPE, TF_ATTR_SHAPE, TF_ATTR_FLOAT } = binding;
      const queue = binding.executeOp(
        "FIFOQueueV2",
        [
          {
            name: "component_types",
            type: TF_ATTR_TYPE,
            value: [DataType.float32, DataType.int32],
          },
          { name: "shapes", type: TF_ATTR_SHAPE, value: [[2, 3], []] },
          { name: "capacity", type: TF_ATTR_INT, value: 4 },
          { name: "shared_name", type: TF_ATTR_STRING, value: "attributes" },
        ],
        [],
        1,
      );
      const placeholder = binding.executeOp(
        "VarHandleOp",
        [
          { name: "dtype", type: TF_ATTR_TYPE, value: DataType.float32 },
          { name: "shape", type: TF_ATTR_SHAPE, value: [2, 3] },
        ],
        [],
        1,
      );
      const boundaries = withTensor(
        [3],
        DataType.float32,
        Float32Array.of(-1, 1.5, 9),
        (id) =>
          binding.executeOp(
            "Bucketize",
            [
              { name: "boundaries", type: TF_ATTR_FLOAT, value: [0, 2, 4.5] },
            ],
            [id],
            1,
          ),
      );
      assert.deepEqual(binding.tensorDataSync(boundaries[0]!.id), Int32Array.of(0, 1, 3));
      for (const { id } of [...queue, ...placeholder, ...boundaries]) binding.deleteTensor(id);
    }),
);

Deno.test(
  "ops with lists of inputs take them one after the other",
  onTensorFlow,
  () =>
    withoutLeak(() =>
      tf.tidy(() => {
        const parts = [tf.tensor1d([1, 2]), tf.tensor1d([3]), tf.tensor1d([4, 5, 6])];
        assert.deepEqual([...tf.concat(parts).dataSync()], [1, 2, 3, 4, 5, 6]);
        assert.deepEqual([...tf.addN([tf.scalar(1), tf.scalar(2), tf.scalar(3)]).dataSync()], [6]);
        assert.deepEqual(tf.stack([tf.zeros([2]), tf.ones([2])]).arraySync(), [[0, 0], [1, 1]]);
      })
    ),
);

Deno.test(
  "disposing twice and using what was disposed are errors",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const tensor = tf.tensor1d([1, 2]);
      tf.add(tensor, 1).dispose();
      tensor.dispose();
      tensor.dispose(); // TensorFlow.js allows this.
      assert.throws(() => tensor.dataSync(), /disposed/);
      assert.throws(() => tf.add(tensor, 1), /disposed/);
    }),
);
