import assert from "node:assert/strict";
import sharp from "sharp";
import { ContactSheet } from "../../lib/show/mod.ts";

Deno.test("ContactSheet fills its squares in the order of arrival and reads each file once", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files: string[] = [];
    for (const [name, background] of [["red", "#f00"], ["blue", "#00f"]] as const) {
      const path = `${folder}/${name}.png`;
      await sharp({ create: { width: 60, height: 80, channels: 3, background } }).toFile(path);
      files.push(path);
    }
    const sheet = new ContactSheet({ room: 3, width: 60 });
    const pixel = async (list: string[], column: number) => {
      const { data, width } = await sheet.with(list).image();
      assert.equal(width, 89);
      return [...data.subarray((10 * width + column) * 3, (10 * width + column) * 3 + 3)];
    };
    const blue = [0, 0, 255];
    assert.deepEqual(await pixel([files[1]!], 10), blue);
    assert.deepEqual(await pixel([files[1]!], 40), [238, 238, 238]);
    await Deno.remove(files[1]!);
    assert.deepEqual(await pixel(files, 10), blue, "a picture that is there stays");
    assert.deepEqual(await pixel(files, 40), [255, 0, 0]);
    const more = [...files, `${folder}/none.png`, `${folder}/no-room.png`];
    assert.deepEqual(await pixel(more, 70), [238, 238, 238]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
