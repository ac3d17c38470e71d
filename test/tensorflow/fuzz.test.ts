import assert from "node:assert/strict";
import { engine } from "../../lib/tensorflow/mod.ts";
import { runProcess } from "./fuzz/run_process.ts";

Deno.test(
  "no sequence of 40 random calls, right or wrong, of 150 ends the process or loses a handle",
  { ignore: engine.name !== "tensorflow" },
  async () => {
    const { failure, fine, errors } = await runProcess(1, 150, 300);
    assert.equal(failure, null);
    assert.ok(fine > 1500 && errors > 1500, `${fine} calls fine, ${errors} errors`);
  },
);
