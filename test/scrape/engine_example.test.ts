import assert from "node:assert/strict";
import { type Engine, EngineError } from "../../lib/scrape/mod.ts";
import { searchFixture } from "./engine_fixtures.ts";

const readme = new URL("../../lib/scrape/engines/README.md", import.meta.url);

/** The blocks of code of the engines' README, by language. */
async function blocks(language: string): Promise<string[]> {
  const text = await Deno.readTextFile(readme);
  return [...text.matchAll(new RegExp("```" + language + "\\n([^]*?)```", "g"))].map(([, code]) =>
    code!
  );
}

Deno.test("the README's example of an engine is one: it pages, filters, and tells a changed format", async () => {
  const [source] = await blocks("ts");
  const [expected] = (await blocks("json")).map((json) => JSON.parse(json));
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/archive.ts`;
    await Deno.writeTextFile(
      file,
      source!.replaceAll(/"(\.\.\/[^"]*)"/g, (_all, path) => `"${new URL(path, readme)}"`),
    );
    const { archive }: { archive: () => Engine } = await import(`file://${file}`);
    const photo = {
      file: "https://archive.example/files/1.jpg",
      page: "https://archive.example/1",
      by: "Kim Min-ji",
    };
    const answer = (value: unknown) => () => ({ text: JSON.stringify(value) });
    const { asked, found } = await searchFixture(
      archive(),
      answer({ found: 1, photos: [photo] }),
      { query: { keyword: "x", filters: { colour: "grey" } } },
    );
    assert.deepEqual(found, expected.page);
    assert.deepEqual(asked.map(({ href }) => href), [
      "https://archive.example/search?q=x&from=0&tone=bw",
    ]);
    const empty = await searchFixture(archive(), answer({ found: 0, photos: [] }));
    assert.deepEqual(empty.found, expected.empty);
    await assert.rejects(
      searchFixture(archive(), answer({ found: 1, results: [photo] })),
      (error) => error instanceof EngineError && error.reason === expected.changed,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the README names every engine's file", async () => {
  const text = await Deno.readTextFile(readme);
  for (const { name } of Deno.readDirSync(new URL(".", readme))) {
    if (name.endsWith(".ts")) assert.ok(text.includes(`[${name}](${name})`), name);
  }
});
