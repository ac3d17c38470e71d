import assert from "node:assert/strict";
import fc from "fast-check";
import { windows } from "../../lib/faces/windows.ts";

Deno.test("windows looks once at a picture in which the smallest face is large enough", () => {
  assert.deepEqual(windows(256, 256, { side: 256, smallestFace: 40 }), [[0, 0, 256, 256]]);
});

Deno.test("windows shows every face of 40 px and more whole, 24 to 160 px wide in the detector's input", () => {
  const size = fc.integer({ min: 60, max: 4000 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      size,
      size,
      fc.integer({ min: 40, max: 1500 }),
      share,
      share,
      (width, height, face, u, v) => {
        fc.pre(face <= width && face <= height);
        const [x, y] = [u * (width - face), v * (height - face)];
        const seen = windows(width, height, { side: 256, smallestFace: 40 }).some(
          ([left, top, w, h]) => {
            const whole = x >= left && y >= top && x + face <= left + w && y + face <= top + h;
            const inInput = face * 256 / Math.max(w, h);
            return whole && inInput >= 19 &&
              (inInput <= 160 || Math.max(w, h) === Math.max(width, height));
          },
        );
        assert.ok(seen, `a face of ${face} px at ${x}, ${y}`);
      },
    ),
  );
});

Deno.test("windows are whole pixels inside the picture", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 5000 }),
      (width, height) => {
        for (const [x, y, w, h] of windows(width, height, { side: 256 })) {
          assert.ok([x, y, w, h].every(Number.isInteger));
          assert.ok(x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= width && y + h <= height);
        }
      },
    ),
  );
});
