import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import {
  curve,
  type Drawing,
  explorer,
  faceScatter,
  pictures,
  save,
  sliders,
} from "../../lib/show/mod.ts";
import { makeSprite } from "../../lib/show/sprite.ts";
import { browserPath, launchBrowser } from "../browser.ts";
import { painted, plain } from "./sample_images.ts";

/** Faces of one colour each: red grows to the right, green upwards. */
const grid = Array.from(
  { length: 25 },
  (_, index) => plain(32, 32, [40 + 40 * (index % 5), 40 + 40 * (4 - Math.floor(index / 5)), 90]),
);

/** Saves a drawing as a page, opens it and waits until its script has brought it to life. */
async function onPage(
  running: Browser,
  drawing: Drawing,
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: tmpdir() });
  const page = await running.newPage({ viewport: { width: 900, height: 700 } });
  try {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("request", (request) => {
      if (/^https?:/.test(request.url())) errors.push(`asked the network for ${request.url()}`);
    });
    await page.goto(pathToFileURL(await save(drawing, join(folder, "page.html"))).href);
    await page.waitForSelector("[data-ready]", { timeout: 20_000 });
    await visit(page);
    assert.deepEqual(errors, []);
  } finally {
    await page.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The colour in the middle of the explorer's face. */
const faceColour = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector("canvas") as HTMLCanvasElement;
    return [...canvas.getContext("2d")!.getImageData(16, 16, 1, 1).data.slice(0, 3)];
  });

function near(colour: number[], expected: number[]): void {
  colour.forEach((value, channel) =>
    assert.ok(Math.abs(value - expected[channel]!) <= 4, `${colour} is not ${expected}`)
  );
}

Deno.test({
  name: "in a browser",
  ignore: !browserPath,
  fn: async (test) => {
    const running = await launchBrowser();
    try {
      await test.step(
        "explorer shows the face at the pointer: decoded ones at the grid, blends between",
        () => explorerFollows(running),
      );
      await test.step("explorer walks when asked and stops at a touch", () =>
        explorerWalks(running));
      await test.step("sliders blend the faces on both sides of each stop", () =>
        slidersBlend(running));
      await test.step(
        "faceScatter shows the face and the text of the point next to the pointer",
        () => scatterShowsFaces(running),
      );
      await test.step(
        "charts and captioned pictures are shown at half their pixels, from their bytes alone",
        () => sizesOnPage(running),
      );
    } finally {
      await running.close();
    }
  },
});

const explorerFollows = (running: Browser) =>
  onPage(running, explorer(grid, { labels: ["hair", "yaw"] }), async (page) => {
    const box = (await page.locator('[data-part="pad"]').boundingBox())!;
    // Column and row of the grid, counted from the top left.
    const place = (column: number, row: number) =>
      [box.x + (column + 0.5) / 5 * box.width, box.y + (row + 0.5) / 5 * box.height] as const;
    near(await faceColour(page), [120, 120, 90]);
    await page.mouse.move(...place(1, 0));
    await page.mouse.down();
    near(await faceColour(page), [80, 200, 90]);
    assert.equal(await page.textContent('[data-part="values"]'), "hair −0.50\nyaw 1.00");
    await page.mouse.move(...place(1.5, 2.25));
    near(await faceColour(page), [100, 110, 90]);
    await page.mouse.move(box.x + box.width + 200, box.y + box.height + 200);
    near(await faceColour(page), [200, 40, 90]);
    await page.mouse.up();
    await page.mouse.move(...place(0, 0));
    near(await faceColour(page), [200, 40, 90]);
    await page.keyboard.press("ArrowLeft");
    near(await faceColour(page), [190, 40, 90]);
  });

const explorerWalks = (running: Browser) =>
  onPage(running, explorer(grid), async (page) => {
    const before = await page.textContent('[data-part="values"]');
    await page.click('[data-part="walk"]');
    await page.waitForFunction(
      (text) => document.querySelector('[data-part="values"]')?.textContent !== text,
      before,
    );
    await page.click('[data-part="pad"]');
    assert.match((await page.textContent('[data-part="walk"]'))!, /walk/);
  });

/** Red follows the first slider, green the second, blue the third. */
const slidersBlend = (running: Browser) => {
  const shades = [40, 120, 200];
  const faces = shades.flatMap((red) =>
    shades.flatMap((green) => shades.map((blue) => plain(32, 32, [red, green, blue])))
  );
  const controls = sliders(faces, { names: ["one", "two", "three"], stops: [-1, 0, 1] });
  return onPage(running, controls, async (page) => {
    near(await faceColour(page), [120, 120, 120]);
    await page.fill('[data-part="slider-0"]', "2");
    await page.fill('[data-part="slider-1"]', "0.5");
    await page.fill('[data-part="slider-2"]', "0");
    near(await faceColour(page), [200, 80, 40]);
  });
};

const scatterShowsFaces = (running: Browser) => {
  const points = {
    x: [0, 1, 2],
    y: [0, 2, 1],
    color: ["dark", "light", "dark"],
    text: ["first", "second", "third"],
  };
  return onPage(running, faceScatter(points, grid.slice(0, 3)), async (page) => {
    assert.equal(await page.locator('[data-part="card"]').isVisible(), false);
    // Moves over the whole chart and writes down where which face is seen.
    const seen = await page.evaluate(() => {
      const part = (name: string) => document.querySelector(`[data-part="${name}"]`) as HTMLElement;
      const box = part("chart").getBoundingClientRect();
      const places: Record<string, { x: number; y: number; picture: string }> = {};
      for (let x = 5; x < box.width; x += 10) {
        for (let y = 5; y < box.height; y += 10) {
          const clientX = box.left + x;
          const clientY = box.top + y;
          part("chart").dispatchEvent(new PointerEvent("pointermove", { clientX, clientY }));
          if (part("card").style.display === "none") continue;
          const picture = part("picture").style.backgroundPosition;
          places[part("text").textContent ?? ""] = { x, y, picture };
        }
      }
      return places;
    });
    assert.deepEqual(Object.keys(seen).sort(), ["first", "second", "third"]);
    assert.ok(seen["first"]!.x < seen["second"]!.x && seen["second"]!.x < seen["third"]!.x);
    assert.ok(seen["second"]!.y < seen["third"]!.y && seen["third"]!.y < seen["first"]!.y);
    // Three faces stand in two columns and two rows.
    assert.deepEqual(["first", "second", "third"].map((text) => seen[text]!.picture), [
      "0% 0%",
      "100% 0%",
      "0% 100%",
    ]);
  });
};

async function sizesOnPage(running: Browser): Promise<void> {
  const drawings = [curve({ loss: [3, 2, 1] }), pictures([[grid[0]!, "one"], [grid[1]!, "two"]])];
  const page = await running.newPage();
  for (const drawing of drawings) {
    const { "image/jpeg": jpeg } = await drawing.bundle();
    await page.setContent(`<img src="data:image/jpeg;base64,${jpeg}">`);
    const width = await page.evaluate(async () => {
      await document.images[0]!.decode();
      return document.images[0]!.naturalWidth;
    });
    assert.equal(width, drawing.width);
  }
  await page.close();
}

Deno.test("interactive drawings carry all they need, in at most 1.5 MB", async () => {
  const noise = (seed: number) =>
    painted(64, 64, (x, y) => {
      const value = Math.imul(x * 64 + y + seed * 5003, 2654435761) >>> 8;
      return [value & 255, value >> 8 & 255, value >> 16 & 255];
    });
  // Noise is the worst that can be stored.
  const faces = Array.from({ length: 144 }, (_, index) => noise(index));
  const bundle = await explorer(faces).bundle();
  assert.deepEqual(Object.keys(bundle).sort(), ["text/html", "text/plain"]);
  const html = bundle["text/html"] as string;
  assert.ok(html.length < 1_500_000, `${html.length} characters`);
  assert.doesNotMatch(html, /(src|href)="(?!data:)/);
});

Deno.test("makeSprite lowers the quality until it fits, and says when nothing does", async () => {
  const noise = painted(64, 64, (x, y) => {
    const value = Math.imul(x * 64 + y, 2654435761) >>> 8;
    return [value & 255, value >> 8 & 255, value >> 16 & 255];
  });
  const sizes = { size: 64, maximumLength: 1e6 };
  const { url, width, height } = await makeSprite([noise, noise], 2, sizes);
  assert.deepEqual([width, height], [64, 64]);
  const smaller = await makeSprite([noise, noise], 2, { ...sizes, maximumLength: url.length - 1 });
  assert.ok(smaller.url.length < url.length);
  await assert.rejects(
    makeSprite([noise, noise], 2, { ...sizes, maximumLength: 1000 }),
    /2 pictures of 64 x 64 to fit into 1000 bytes/,
  );
});

Deno.test("interactive drawings refuse lists that do not fit together", () => {
  assert.throws(() => explorer(grid, { columns: 4 }), /full rows of 4/);
  assert.throws(() => faceScatter({ x: [1], y: [1] }, grid), /each of 1 points but got 25 faces/);
});
