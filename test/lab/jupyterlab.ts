/**
 * Notebook 04 as its reader meets it: opened in JupyterLab in a browser, run to its end, stopped in
 * the middle of training. Needs a smoke run of 01 to 03 (RUN names it) and is started by
 * tools/run_tests.py, not by the other tests. Leaves pictures of the page in data/lab/.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { launchBrowser } from "../browser.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pictures = join(root, "data", "lab");

Deno.test("notebook 04 in JupyterLab", async (test) => {
  await Deno.mkdir(pictures, { recursive: true });
  await using lab = await startLab();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
    page.setDefaultTimeout(60_000);
    await page.goto(lab.url("notebooks/04_autoencoder.ipynb"));
    // Cells are in the page before the notebook is shown and its kernel is there.
    await page.locator(".jp-Notebook .jp-CodeCell").last().waitFor();
    await page.locator(".jp-NotebookPanel .jp-Spinner").waitFor({ state: "hidden" });
    await page.getByText("Deno | Idle").waitFor();

    const steps: Record<string, (page: Page) => Promise<void>> = {
      "all cells run without an error": runAll,
      "pictures, plots and the explorer are seen": seesDrawings,
      "the explorer follows the pointer": dragsExplorer,
      "Stop ends training, and kernel and model live on": stops,
    };
    for (const [name, step] of Object.entries(steps)) {
      // What follows a failure would only wait for what never comes.
      if (!await test.step(name, () => step(page))) return;
    }
  } finally {
    await browser.close();
  }
});

interface Lab extends AsyncDisposable {
  url(notebook: string): string;
}

/** A server of its own, with a token, that saves nothing and shows all cells at once. */
async function startLab(): Promise<Lab> {
  const settings = await Deno.makeTempDir();
  const write = async (plugin: string, name: string, values: unknown) => {
    await Deno.mkdir(join(settings, "@jupyterlab", plugin), { recursive: true });
    const file = join(settings, "@jupyterlab", plugin, `${name}.jupyterlab-settings`);
    await Deno.writeTextFile(file, JSON.stringify(values));
  };
  await write("docmanager-extension", "plugin", { autosave: false });
  await write("notebook-extension", "tracker", {
    windowingMode: "none",
    autoStartDefaultKernel: true,
  });
  await write("apputils-extension", "notification", { fetchNews: "false", checkForUpdates: false });
  const token = crypto.randomUUID();
  const server = new Deno.Command(join(root, ".venv", "bin", "jupyter"), {
    args: [
      "lab",
      "--no-browser",
      "--allow-root",
      "--ip=127.0.0.1",
      "--port=0",
      `--ServerApp.root_dir=${root}`,
      `--IdentityProvider.token=${token}`,
      `--LabApp.user_settings_dir=${settings}`,
      `--LabApp.workspaces_dir=${settings}`,
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const address = Promise.withResolvers<string>();
  const log: string[] = [];
  const reading = (async () => {
    for await (const text of server.stderr.pipeThrough(new TextDecoderStream())) {
      log.push(text);
      const found = log.join("").match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (found) address.resolve(found[0]);
    }
    address.reject(new Error(`JupyterLab ended:\n${log.join("")}`));
  })();
  const base = await address.promise;
  return {
    url: (notebook) => `${base}lab/tree/${notebook}?token=${token}&reset`,
    async [Symbol.asyncDispose]() {
      const headers = { authorization: `token ${token}` };
      // Kernels end with the server only where it is asked to end.
      await (await fetch(`${base}api/shutdown`, { method: "POST", headers })).body?.cancel();
      await server.status;
      await reading;
      await Deno.remove(settings, { recursive: true });
    },
  };
}

/** Waits until no cell is waiting or running: their counts then are numbers. */
async function untilIdle(page: Page, timeout: number): Promise<void> {
  await page.waitForFunction(
    () => {
      const prompts = [...document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputPrompt")];
      return prompts.length > 0 && prompts.every(({ textContent }) => /\[\d+\]/.test(textContent!));
    },
    null,
    { timeout },
  );
}

async function errorsOf(page: Page): Promise<string[]> {
  return await page.locator('[data-mime-type$="stderr"], [data-mime-type$="error"]')
    .allTextContents();
}

async function runAll(page: Page): Promise<void> {
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click();
  await page.locator(".jp-CodeCell .jp-InputPrompt", { hasText: "[*]" }).first().waitFor();
  try {
    await untilIdle(page, 100_000);
  } finally {
    await page.screenshot({ path: join(pictures, "all_cells.png") });
  }
  assert.deepEqual(await errorsOf(page), []);
}

async function seesDrawings(page: Page): Promise<void> {
  const plots = page.locator(".jp-OutputArea-output.js-plotly-plot");
  const images = page.locator(".jp-OutputArea-output img[src^='data:image']");
  // There are more; a plot is there once its renderer has been loaded.
  await plots.nth(3).waitFor();
  await images.nth(9).waitFor();
  for (const [name, drawing] of [["plot", plots.last()], ["image", images.last()]] as const) {
    await assertColourful(drawing, name);
  }
}

/** Something is drawn: more than one colour, on more than a corner. */
async function assertColourful(drawing: Locator, name: string): Promise<void> {
  await drawing.scrollIntoViewIfNeeded();
  const bytes = await drawing.screenshot({ path: join(pictures, `${name}.png`) });
  const { channels } = await sharp(bytes).stats();
  assert.ok(channels.some(({ stdev }) => stdev > 5), `${name}: ${channels.map((c) => c.stdev)}`);
}

async function dragsExplorer(page: Page): Promise<void> {
  const explorer = page.locator('[data-ready]:has([data-part="pad"])');
  await explorer.scrollIntoViewIfNeeded();
  const values = () => explorer.locator('[data-part="values"]').textContent();
  const before = await values();
  const pad = explorer.locator('[data-part="pad"]');
  await pad.click({ position: { x: 60, y: 40 } });
  await explorer.screenshot({ path: join(pictures, "explorer.png") });
  assert.notEqual(await values(), before);
}

async function addCell(page: Page, source: string): Promise<void> {
  await page.locator(".jp-Notebook .jp-Cell").last().locator(".jp-InputPrompt").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText(source);
  await page.keyboard.press("Control+Enter");
}

const lastOutput = (page: Page) =>
  page.locator(".jp-Notebook .jp-CodeCell").last().locator(".jp-OutputArea-output").last();

async function stops(page: Page): Promise<void> {
  const options = `{ epochs: 100_000, batchSize: 8 }`;
  await addCell(
    page,
    `const endless = await show.follow(train(training, faces, ${options}, stopSignal()), "Endless");\n` +
      "`stopped after ${endless.done > 0} of ${endless.total}`;",
  );
  const last = page.locator(".jp-Notebook .jp-CodeCell").last();
  await last.getByText(/Endless: [1-9]/).last().waitFor();
  await page.locator('[data-command="notebook:interrupt-kernel"] , jp-button[title*="Interrupt"]')
    .first().click();
  await untilIdle(page, 60_000);
  await page.screenshot({ path: join(pictures, "stopped.png") });
  assert.match(await lastOutput(page).innerText(), /stopped after true of/);

  await addCell(
    page,
    "const alive = await models.codesOf(autoencoder, watched);\n" +
      "`${alive.flat().every(Number.isFinite)} for ${alive.length}`;",
  );
  await untilIdle(page, 60_000);
  assert.match(await lastOutput(page).innerText(), /true for \d+/);
  assert.deepEqual(await errorsOf(page), []);
}
