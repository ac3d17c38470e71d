import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import {
  type Autoencoder,
  buildAutoencoder,
  codeGrid,
  dispose,
  facesAt,
  saveAutoencoder,
} from "../../lib/models/mod.ts";
import { explorer, save } from "../../lib/show/mod.ts";
import { browserPath, launchBrowser } from "../browser.ts";

/** TensorFlow.js as one script, as a web page would load it. */
const library = join(
  dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs")),
  "tf.min.js",
);

/** What the page has once the library's script has run. */
interface Library {
  setBackend(name: string): Promise<boolean>;
  loadLayersModel(
    url: string,
  ): Promise<{ predict(codes: unknown): { data(): Promise<Float32Array> } }>;
  tensor2d(rows: number[][]): unknown;
}

Deno.test({
  name: "a saved decoder draws the same faces in a browser, and so does the explorer's page",
  ignore: !browserPath,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const autoencoder = buildAutoencoder({
      size: 32,
      filters: [4, 4, 8, 8],
      hidden: 16,
      seed: 3,
      statistics: { meanFace: new Float32Array(32 * 32 * 3).fill(0.5), deviation: 5 },
    });
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        const path = new URL(request.url).pathname;
        if (path === "/") return new Response("<title>A page</title>", { headers: html });
        if (path === "/favicon.ico") return new Response(null, { status: 404 });
        return new Response(await Deno.readFile(path === "/tf.js" ? library : join(folder, path)));
      },
    );
    const browser = await launchBrowser();
    try {
      await saveAutoencoder(autoencoder, folder);
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      await page.addScriptTag({ url: "/tf.js" });
      await decodesAlike(page, autoencoder);

      const faces = await facesAt(autoencoder, codeGrid(3));
      const file = await save(explorer(faces), join(folder, "explorer.html"));
      await page.goto(pathToFileURL(file).href);
      await page.waitForSelector("[data-ready]");
      await showsMiddle(page, faces[4]!.data);
    } finally {
      await browser.close();
      await server.shutdown();
      dispose(autoencoder);
      await Deno.remove(folder, { recursive: true });
    }
  },
});

const html = { "content-type": "text/html" };

async function decodesAlike(page: Page, autoencoder: Autoencoder): Promise<void> {
  const codes = [[0.7, -0.4], [-0.9, 0.9]];
  const pixels = await page.evaluate(async (codes) => {
    const { tf } = globalThis as unknown as { tf: Library };
    await tf.setBackend("cpu");
    const decoder = await tf.loadLayersModel("/decoder/model.json");
    const values = await decoder.predict(tf.tensor2d(codes)).data();
    return Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  }, codes);
  const expected = (await facesAt(autoencoder, codes)).flatMap(({ data }) => [...data]);
  assert.equal(pixels.length, expected.length);
  assert.ok(
    new Set(expected).size > 50,
    "the faces of an untrained net differ from pixel to pixel",
  );
  pixels.forEach((value, at) => assert.ok(Math.abs(value - expected[at]!) <= 1, `value ${at}`));
}

/** The explorer starts in the middle of the square. Its faces are JPEG: near, not equal. */
async function showsMiddle(page: Page, expected: Uint8Array): Promise<void> {
  const shown = await page.evaluate(() => {
    const { width, height } = document.querySelector("canvas")!;
    const pen = document.querySelector("canvas")!.getContext("2d")!;
    return [...pen.getImageData(0, 0, width, height).data];
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rgb = shown.filter((_, at) => at % 4 !== 3);
  assert.equal(rgb.length, expected.length);
  const error = mean(rgb.map((value, at) => Math.abs(value - expected[at]!)));
  assert.ok(error < 12, `mean difference ${error}`);
}
