import assert from "node:assert/strict";
import { lightness, lightnessOfLuminance } from "../../lib/image/mod.ts";

/** Left half black, right half of one grey. */
const halves = (grey: number) => ({
  width: 4,
  height: 2,
  data: Uint8Array.from({ length: 24 }, (_, index) => index % 12 < 6 ? 0 : grey),
});

Deno.test("lightness knows black, white and the middle grey", () => {
  assert.ok(Math.abs(lightness(halves(255), { left: 0.5 }) - 100) < 1e-3);
  assert.equal(lightness(halves(255), { right: 0.5 }), 0);
  assert.ok(Math.abs(lightness(halves(119), { left: 0.5 }) - 50.03) < 0.1);
  assert.ok(Math.abs(lightness(halves(255)) - 50) < 1e-3);
});

Deno.test("lightnessOfLuminance gives 18 % grey as about 50", () => {
  assert.ok(Math.abs(lightnessOfLuminance(0.1842) - 50) < 0.05);
});
