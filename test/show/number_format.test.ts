import assert from "node:assert/strict";
import { formatDuration, formatNumber, formatShare } from "../../lib/show/mod.ts";

Deno.test("formatNumber groups thousands and keeps significant digits", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [12345, "12,345"],
    [-1234567, "−1,234,567"],
    [0.98765, "0.9877"],
    [12.3456, "12.35"],
    [1234.56, "1,235"],
    [0.00001234, "1.23 × 10⁻⁵"],
    [2e12, "2 × 10¹²"],
    [NaN, "–"],
    [-Infinity, "−∞"],
  ];
  for (const [value, text] of cases) assert.equal(formatNumber(value), text);
});

Deno.test("formatShare never rounds to all or to nothing", () => {
  assert.equal(formatShare(0.974), "97.4 %");
  assert.equal(formatShare(1), "100 %");
  assert.equal(formatShare(0), "0 %");
  assert.equal(formatShare(0.9996), "99.96 %");
  assert.equal(formatShare(0.0004), "0.04 %");
});

Deno.test("formatDuration reads as a clock does", () => {
  assert.equal(formatDuration(8.4), "8 s");
  assert.equal(formatDuration(185), "3 min 05 s");
  assert.equal(formatDuration(7800), "2 h 10 min");
});
