import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeImage } from "../../lib/image/mod.ts";
import {
  bars,
  curve,
  type Figure,
  figure,
  funnel,
  heatmap,
  histogram,
  plotlyMime,
  save,
  scatter,
  type Trace,
} from "../../lib/show/mod.ts";
import { darkPixels, plain } from "./sample_images.ts";

const charts: Record<string, () => Figure> = {
  curve: () =>
    curve({ train: [3, 2, 1], "held out": [3.1, 2.5, null] }, { title: "Loss", y: "mse" }),
  "curve on powers of ten": () =>
    curve({ train: [1, 0.1, 0.001] }, { title: "Loss", logarithmic: true }),
  scatter: () => scatter({ x: [0, 1, 2], y: [2, 0, 1], color: [0, 0.5, 1] }, { title: "Codes" }),
  "scatter of groups": () =>
    scatter({ x: [0, 1], y: [1, 0], color: ["black", "brown"] }, { title: "Hair" }),
  bars: () => bars({ google: 3, bing: 2 }, { title: "Engines" }),
  "bars that lie": () => bars({ google: 3, bing: 2 }, { title: "Engines", sideways: true }),
  "bars piled up": () =>
    bars({ kept: { a: 1, b: 2 }, lost: { a: 3, b: 1 } }, { title: "Pile", stacked: true }),
  histogram: () => histogram([1, 2, 2, 3], { title: "Counts", marks: { limit: 2 } }),
  heatmap: () =>
    heatmap([[1, 2], [3, null]], { title: "Table", rows: ["a", "b"], columns: ["a", "b"] }),
};

for (const [name, make] of Object.entries(charts)) {
  Deno.test(`${name}: plotly's JSON and a picture with its title and marks, no HTML`, async () => {
    const chart = make();
    const bundle = await chart.bundle();
    assert.deepEqual(Object.keys(bundle).sort(), [plotlyMime, "image/jpeg", "text/plain"]);
    assert.deepEqual(JSON.parse(JSON.stringify(bundle[plotlyMime])), bundle[plotlyMime]);
    const image = await decodeImage(Uint8Array.fromBase64(bundle["image/jpeg"] as string));
    assert.equal(image.width, 1440);
    assert.ok(darkPixels(image, [32, 16, 200, 40], 100) > 100, "the title is there");
    let coloured = 0;
    for (let index = 0; index < image.data.length; index += 3) {
      const [red = 0, green = 0, blue = 0] = image.data.subarray(index, index + 3);
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > 60) coloured++;
    }
    assert.ok(coloured > 100, `${coloured} coloured pixels`);
    assert.equal(bundle["text/plain"], chart.layout.title?.text);
  });
}

Deno.test("a chart's picture is small, as a file smaller still", async () => {
  const values = Array.from({ length: 500 }, (_, index) => Math.exp(-index / 90));
  const chart = curve({ train: values }, { title: "Loss" });
  assert.equal(chart.width, 720);
  const [jpeg] = await chart.encoded();
  assert.ok(jpeg!.bytes.length < 80_000, `${jpeg!.bytes.length} bytes`);
  const png = await chart.files[".png"]!();
  assert.ok(png.length < 40_000, `${png.length} bytes`);
});

Deno.test("figure refuses a trace that it cannot draw, unless a twin is given", async () => {
  const pie: Trace = { type: "pie", values: [1, 2] };
  assert.throws(() => figure([pie]), /found "pie".*"twin"/s);
  const bundle = await figure([pie], {}, { twin: plain(9, 9, [5, 5, 5]) }).bundle();
  assert.ok(plotlyMime in bundle && "image/jpeg" in bundle);
});

Deno.test("figure takes typed arrays and writes what is no number as null", async () => {
  const x = Float32Array.of(0.1, NaN, Infinity) as unknown as number[];
  const bundle = await figure([{ type: "scatter", x, y: [1, 2, 3] }]).bundle();
  const { data } = bundle[plotlyMime] as { data: Trace[] };
  assert.deepEqual(data[0]?.x, [0.1, null, null]);
});

Deno.test("curve keeps places, gaps, bands and dashes for plotly", () => {
  const { traces } = curve({
    loss: { x: [0, 10], y: [1, null], band: [[0.5, 0.5], [1.5, 1.5]], dash: "dash" },
  });
  assert.equal(traces.length, 3);
  assert.equal(traces[1]?.fill, "tonexty");
  assert.deepEqual(traces[2]?.x, [0, 10]);
  assert.deepEqual(traces[2]?.y, [1, null]);
  assert.equal(traces[2]?.line?.dash, "dash");
});

Deno.test("histogram counts every value once, in the same bins for all series", () => {
  const { traces } = histogram({ first: [0, 0.5, 0.5, 1], second: [0, 1, NaN] }, { bins: 4 });
  const count = (trace?: Trace) => (trace?.y as number[]).reduce((sum, value) => sum + value, 0);
  assert.deepEqual(traces.map(count), [4, 2]);
  assert.deepEqual(traces[0]?.x, traces[1]?.x);
});

Deno.test("scatter names the list whose length is wrong", () => {
  assert.throws(() => scatter({ x: [1, 2], y: [1] }), /Expected 2 entries in y but found 1/);
});

Deno.test("bars draws the length of a bar in proportion to its number", async () => {
  const chart = bars({ long: 100, short: 25 }, { sideways: true, numbers: false });
  const image = await decodeImage((await chart.encoded())[0]!.bytes);
  const lengths = new Set<number>();
  for (let y = 0; y < image.height; y += 3) {
    let length = 0;
    for (let x = 0; x < image.width; x++) {
      const index = 3 * (y * image.width + x);
      if (image.data[index + 2]! - image.data[index + 1]! > 60) length++;
    }
    if (length > 20) lengths.add(length);
  }
  const [long = 0, short = 0] = [Math.max(...lengths), Math.min(...lengths)];
  assert.ok(Math.abs(long / short - 4) < 0.05, `${long} and ${short} pixels`);
});

Deno.test("text that could be markup is drawn as text", async () => {
  const chart = curve({ "<a> & 'b'": [1, 2], other: [2, 1] }, { title: "</svg><script>\u0007" });
  assert.ok((await chart.encoded())[0]!.bytes.length > 1000);
});

Deno.test("funnel tells counts, shares and reasons, the most frequent first", async () => {
  const drawing = funnel([
    { name: "found", count: 2000 },
    { name: "kept", count: 1500, reasons: { small: 100, duplicate: 400, none: 0 } },
  ], { title: "From page to face" });
  assert.equal(
    drawing.text,
    "From page to face\n2,000 found\n  − 400 duplicate, 100 small\n1,500 kept",
  );
  const bundle = await drawing.bundle();
  assert.deepEqual(Object.keys(bundle).sort(), ["image/jpeg", "text/plain"]);
  assert.throws(() => funnel([]), /at least one step/);
});

Deno.test("save writes a chart as PNG, SVG, JPEG and JSON", async () => {
  const folder = await Deno.makeTempDir({ dir: tmpdir() });
  try {
    const chart = curve({ train: [3, 2, 1] }, { title: "Loss" });
    for (const ending of ["png", "jpg"]) {
      const image = await decodeImage(await save(chart, join(folder, `loss.${ending}`)));
      assert.equal(image.width, 1440);
    }
    assert.match(
      await Deno.readTextFile(await save(chart, join(folder, "loss.svg"))),
      /^<svg.*Loss/,
    );
    const json = JSON.parse(await Deno.readTextFile(await save(chart, join(folder, "loss.json"))));
    assert.deepEqual(json.data[0].y, [3, 2, 1]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
