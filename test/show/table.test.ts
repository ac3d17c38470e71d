import assert from "node:assert/strict";
import fc from "fast-check";
import { table } from "../../lib/show/mod.ts";
import { parseHTML } from "linkedom";

async function read(drawing: ReturnType<typeof table>) {
  const bundle = await drawing.bundle();
  return {
    html: bundle["text/html"] as string,
    markdown: bundle["text/markdown"] as string,
    plain: bundle["text/plain"] as string,
  };
}

Deno.test("table writes HTML with twins in Markdown and plain text", async () => {
  const { html, markdown, plain } = await read(
    table([{ engine: "google", found: 12345 }, { engine: "bing", found: 7 }], { title: "Found" }),
  );
  assert.equal(
    markdown,
    "**Found**\n\n| engine | found |\n| --- | ---: |\n| google | 12,345 |\n| bing | 7 |",
  );
  assert.equal(plain, "Found\nengine   found\ngoogle  12,345\nbing         7");
  const { document } = parseHTML(html);
  const cells = [...document.querySelectorAll("td")].map((cell) => cell.textContent);
  assert.deepEqual(cells, ["google", "12,345", "bing", "7"]);
  assert.equal(document.querySelectorAll('td[align="right"]').length, 2);
});

Deno.test("table takes columns in an order, or with headings of their own", async () => {
  const rows = [{ a: 1, b: "x" }];
  assert.match((await read(table(rows, { columns: ["b", "a"] }))).plain, /^b\s+a\nx\s+1$/);
  assert.match((await read(table(rows, { columns: { b: "Letter" } }))).plain, /^Letter\nx$/);
});

Deno.test("table reads null, undefined and missing values as a dash, true as yes", async () => {
  const rows: { a?: unknown; b?: unknown }[] = [{ a: null, b: true }, { a: undefined }];
  assert.equal(
    (await read(table(rows))).markdown.split("\n").slice(2).join(),
    "| – | yes |,| – | – |",
  );
});

Deno.test("table puts numbers that are written out at the right too", async () => {
  const rows = [{ share: "97.4 %", name: "12 Monkeys" }, { share: "−1,234", name: "7" }];
  assert.match((await read(table(rows))).markdown, /\n\| ---: \| --- \|\n/);
});

Deno.test("table aligns columns that hold Hangul, which takes two places a letter", async () => {
  const { plain } = await read(table([{ name: "한국", n: 1 }, { name: "abcd", n: 2 }]));
  assert.equal(plain, "name  n\n한국  1\nabcd  2");
});

Deno.test("table's text stays text in HTML and in Markdown, whatever it is", async () => {
  const texts = fc.string({ unit: fc.constantFrom("<", ">", "&", "|", "\\", "`", "*", '"', "a") });
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const { html, markdown } = await read(table([{ text, after: "end" }]));
      const { document } = parseHTML(html);
      assert.equal(document.querySelector("td")?.textContent, text);
      assert.equal(document.querySelectorAll("td").length, 2);
      const line = markdown.split("\n")[2] ?? "";
      // Bars that are not escaped part the cells.
      assert.equal(line.replace(/\\./g, "").split("|").length - 1, 3);
    }),
    { numRuns: 50 },
  );
});

Deno.test("table of no rows has its headings, or nothing", async () => {
  assert.match((await read(table([], { columns: ["a" as never] }))).html, /<th/);
  assert.equal((await read(table([]))).plain, "");
});
