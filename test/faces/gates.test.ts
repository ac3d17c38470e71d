import assert from "node:assert/strict";
import { defaultGates, failedGate, type Measured } from "../../lib/faces/gates.ts";

const good: Measured = {
  size: 120,
  sharpness: 0.3,
  brightness: 0.6,
  clipped: 0,
  saturation: 0.3,
  distrust: 0.03,
  border: 0.05,
  yaw: 0.1,
  pitch: -0.1,
  roll: 0.2,
  confidence: 0.9,
};

Deno.test("failedGate lets a good face pass and names the gate that any bad measure fails", () => {
  assert.equal(failedGate(good), null);
  const bad: [Partial<Measured>, string][] = [
    [{ size: 39 }, "small"],
    [{ confidence: 0.5 }, "unsure"],
    [{ yaw: -1.2 }, "turned"],
    [{ pitch: 1 }, "bowed"],
    [{ roll: 1.5 }, "lying"],
    [{ sharpness: 0.01 }, "blurred"],
    [{ brightness: 0.02 }, "dark"],
    [{ brightness: 0.99 }, "bright"],
    [{ clipped: 0.9 }, "clipped"],
    [{ distrust: 0.4 }, "hidden"],
    [{ border: 0.6 }, "cut"],
  ];
  for (const [measure, reason] of bad) {
    assert.equal(failedGate({ ...good, ...measure })?.reason, reason);
  }
});

Deno.test("failedGate tells the number that failed and the one that was asked", () => {
  const failed = failedGate({ ...good, size: 50 }, { ...defaultGates, minimumSize: 70 });
  assert.deepEqual(failed, { reason: "small", value: 50, limit: 70 });
});

Deno.test("failedGate lets grey and gaudy faces pass unless a band for saturation is asked for", () => {
  const gates = { ...defaultGates, saturation: [0.1, 0.6] as const };
  for (const [saturation, reason] of [[0, "pale"], [0.9, "gaudy"]] as const) {
    assert.equal(failedGate({ ...good, saturation }), null);
    assert.equal(failedGate({ ...good, saturation }, gates)?.reason, reason);
  }
});
