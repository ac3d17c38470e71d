import assert from "node:assert/strict";
import { trainingRun } from "./training_run.ts";
import { withoutLeak } from "./without_leak.ts";

Deno.test("300 asynchronous training steps at batch 32 keep handles and native memory as they were", async () => {
  await withoutLeak(async () => {
    using run = trainingRun(32, 4);
    const stepOften = async (times: number) => {
      for (let step = 0; step < times; step++) await run.step();
      const { resident, heap, handles } = run.holds();
      return { native: resident - heap, handles };
    };
    const before = await stepOften(100);
    const after = await stepOften(300);
    assert.equal(after.handles, before.handles);
    // A batch is 393 kB: one kept for every fourth step would be 29 MB.
    const growth = after.native - before.native;
    assert.ok(growth < 20e6, `native memory grew by ${growth} bytes`);
  });
});
