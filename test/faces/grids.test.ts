import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { defaultGates, loadFaceDetector } from "../../lib/faces/mod.ts";
import { decodeImage } from "../../lib/image/mod.ts";

const folder = new URL("../../../shared/photos/synthetic-grids/", import.meta.url);

Deno.test({
  name: "loadFaceDetector finds each of 55 faces on a page of 3664 x 1951 pixels once",
  ignore: !existsSync(folder),
  async fn() {
    const image = await decodeImage(
      await Deno.readFile(new URL("SFHQ_variability_expression.jpg", folder)),
    );
    const detector = await loadFaceDetector();
    const faces = (await detector.detect([image]))[0]!
      .filter(({ confidence }) => confidence >= defaultGates.minimumConfidence);
    // Five rows of eleven portraits: one face in each cell.
    const cells = faces.map(({ box: [x, y, width, height] }) => {
      const column = Math.floor(11 * (x + width / 2) / image.width);
      const row = Math.floor(5 * (y + height / 2 - 100) / (image.height - 100));
      return `${row},${column}`;
    });
    assert.equal(faces.length, 55);
    assert.equal(new Set(cells).size, 55);
  },
});
