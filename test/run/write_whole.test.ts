import assert from "node:assert/strict";
import { join } from "node:path";
import { writeWhole } from "../../lib/run/mod.ts";
import { inFolder } from "../in_folder.ts";

const names = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name);

Deno.test("writeWhole makes the folder, replaces the file and leaves nothing beside it", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "new", "words.txt");
    await writeWhole(path, "one");
    Deno.writeTextFileSync(`${path}.part`, "left by a process that was killed");
    await writeWhole(path, new TextEncoder().encode("two"), { synced: true });
    assert.equal(Deno.readTextFileSync(path), "two");
    assert.deepEqual(names(join(folder, "new")), ["words.txt"]);
  });
});

Deno.test("writeWhole leaves the earlier file as it was where the new one cannot be written", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "words.txt");
    Deno.writeTextFileSync(path, "one");
    Deno.mkdirSync(`${path}.part`);
    await assert.rejects(writeWhole(path, "two"));
    assert.equal(Deno.readTextFileSync(path), "one");
  });
});
