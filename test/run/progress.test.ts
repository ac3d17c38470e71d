import assert from "node:assert/strict";
import { type Progress, ratePerSecond, secondsLeft } from "../../lib/run/mod.ts";

const report = (part: Partial<Progress>): Progress => ({
  what: "Crawling",
  done: 0,
  unit: "pictures",
  seconds: 0,
  ...part,
});

Deno.test("ratePerSecond counts only what this run has done", () => {
  assert.equal(ratePerSecond(report({ done: 50, resumed: 30, seconds: 4 })), 5);
});

Deno.test("ratePerSecond is null before the first piece", () => {
  assert.equal(ratePerSecond(report({ done: 30, resumed: 30, seconds: 4 })), null);
  assert.equal(ratePerSecond(report({ done: 3, seconds: 0 })), null);
});

Deno.test("secondsLeft divides what remains by the rate of this run", () => {
  assert.equal(secondsLeft(report({ done: 50, resumed: 30, total: 100, seconds: 4 })), 10);
});

Deno.test("secondsLeft is null where the total is unknown", () => {
  assert.equal(secondsLeft(report({ done: 50, seconds: 4 })), null);
});
