import assert from "node:assert/strict";
import fc from "fast-check";
import { FetchFailure, urls } from "../../lib/scrape/mod.ts";
import { HttpClient } from "../../lib/scrape/http_client.ts";
import { inspectPicture } from "../../lib/scrape/inspect.ts";
import { pngStating } from "../image/png_stating.ts";
import { jpeg, picture, serveFixture, withoutRobots } from "./fixture_web.ts";
import { fates, storedFiles, withCatalog } from "./with_catalog.ts";

function clientOf(resolve: (host: string) => string[], allowLoopback: string[] = []) {
  return new HttpClient({
    userAgent: "faces/1.0",
    contact: null,
    timeout: 2,
    allowLoopback,
    connectTo: {},
    resolve: (host) => Promise.resolve(resolve(host)),
  });
}

async function refusal(addresses: string[], url = "http://a.example/"): Promise<string> {
  using client = clientOf(() => addresses, ["a.example"]);
  try {
    await client.get(new URL(url));
  } catch (error) {
    if (error instanceof FetchFailure) return `${error.reason}: ${error.detail}`;
    return String(error);
  }
  return "answered";
}

Deno.test("one private address among a host's answers is enough to refuse it", async () => {
  for (
    const inside of ["10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "fe80::1", "fd00::1"]
  ) {
    assert.equal(
      await refusal(["93.184.215.14", inside]),
      `private-address: a.example is at ${inside}`,
    );
  }
  assert.match(await refusal(["::ffff:192.168.0.1"]), /^private-address/);
  assert.match(await refusal([]), /^private-address/);
  for (const literal of ["[::ffff:10.0.0.1]", "0x7f.1", "017700000001", "2130706433", "[::]"]) {
    using client = clientOf((host) => [host.replace(/[[\]]/g, "")]);
    const failure = await client.get(new URL(`http://${literal}/`)).catch((error) => error);
    assert.equal(failure.reason, "private-address", literal);
  }
});

Deno.test("the connection goes to the address that was checked, whatever the name server says next", async () => {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => new Response(new URL(request.url).host),
  );
  let lookups = 0;
  // A rebinding name server: harmless first, an address inside the network afterwards.
  using client = clientOf(() => ++lookups === 1 ? ["127.0.0.1"] : ["10.0.0.1"], ["a.example"]);
  const url = new URL(`http://a.example:${server.addr.port}/`);
  const answer = await client.get(url);
  assert.equal(answer.status, 200);
  for await (const _ of answer.body);
  assert.equal(lookups, 1);
  await assert.rejects(client.get(url), /private-address/);
  await server.shutdown();
});

/** A PNG file of so many rows of black that states another height. */
const pngOf = (width: number, height: number, rows: number) =>
  pngStating(width, height, { channels: 3, zeros: rows * (3 * width + 1) });

Deno.test("bombs, huge and truncated pictures are recorded rejections", async () => {
  const good = await picture(1, { format: "webp" });
  const pages: Record<string, Uint8Array<ArrayBuffer>> = {
    "/60000.png": pngOf(60_000, 60_000, 100),
    "/wide.png": pngOf(60_000, 300, 300),
    "/bomb.png": pngOf(7000, 7000, 7000),
    "/liar.png": pngOf(400, 400, 1),
    "/half.webp": good.slice(0, good.length >> 1),
    "/..%2f..%2f..%2fetc%2fpasswd.jpg": await picture(2),
  };
  await using web = serveFixture({
    "a.example": withoutRobots((_request, { pathname }) =>
      jpeg(pages[pathname]!, { "content-disposition": 'attachment; filename="../../evil.sh"' })
    ),
  });
  await withCatalog(async (catalog) => {
    const found = await fates(
      catalog,
      web,
      Object.keys(pages).map((path) => `http://a.example${path}`),
      { maximumPixels: 40e6 },
    );
    assert.deepEqual(Object.values(found).toSorted(), [
      "kept",
      "kept",
      "rejected broken",
      "rejected broken",
      "rejected too-many-pixels",
      "rejected too-many-pixels",
    ]);
    assert.equal(found["http://a.example/wide.png"], "kept");
    assert.equal(found["http://a.example/bomb.png"], "rejected too-many-pixels");
    for (const { file } of catalog.keptPictures()) {
      assert.match(file!, /^pictures\/[0-9a-f]{2}\/[0-9a-f]{64}\.(jpg|png)$/);
    }
    const top = Array.from(Deno.readDirSync(catalog.folder), ({ name }) => name).toSorted();
    assert.deepEqual(top.filter((name) => !name.startsWith("catalog.sqlite")), ["pictures"]);
  });
});

Deno.test("inspectPicture answers, whatever the bytes are", async () => {
  const originals = await Promise.all(
    (["jpeg", "png", "webp"] as const).map((format) =>
      picture(3, { width: 90, height: 100, format })
    ),
  );
  const folder = await Deno.makeTempDir();
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
        fc.nat(),
        async (bytes, changes, end) => {
          const mutated = bytes.slice(
            0,
            changes.length % 2 ? bytes.length : 1 + end % bytes.length,
          );
          for (const [place, value] of changes) mutated[place % mutated.length] = value;
          const path = `${folder}/file`;
          await Deno.writeFile(path, mutated);
          const { width, height, reason, perceptualHash } = await inspectPicture(path, {
            minimumSize: [10, 10],
            maximumPixels: 1e6,
          });
          if (reason === null) assert.ok(width! * height! <= 1e6 && perceptualHash);
          else assert.ok(["broken", "too-small", "too-many-pixels"].includes(reason), reason);
        },
      ),
      { seed: 1, numRuns: 150 },
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("crawl refuses what was forgotten: the address without a request, a copy by its look", async () => {
  const original = await picture(7);
  const copy = await picture(7, { width: 400, height: 450, format: "webp" });
  await using web = serveFixture({
    "a.example": withoutRobots((_request, { pathname }) =>
      jpeg(pathname === "/copy.webp" ? copy : original)
    ),
  });
  await withCatalog(async (catalog) => {
    const first = "http://a.example/1.jpg";
    await fates(catalog, web, [first]);
    assert.deepEqual(catalog.forget({ url: first }), { pictures: 1, faces: 0, files: 1 });
    web.requests.length = 0;
    const again = ["1.jpg", "same.jpg", "copy.webp"].map((name) => `http://a.example/${name}`);
    const found = await fates(catalog, web, again, {
      queries: [{ engine: urls(again), keyword: "another list", limit: 9 }],
    });
    assert.deepEqual(new Set(Object.values(found)), new Set(["rejected forgotten"]));
    assert.ok(!web.requests.includes("a.example/1.jpg"));
    assert.equal(catalog.pictures().filter(({ file }) => file !== null).length, 0);
    assert.deepEqual(storedFiles(catalog.folder), []);
    const details = catalog.pictures().map(({ detail }) => detail).toSorted();
    assert.deepEqual(details, ["its address", "its bytes", "its look"]);
  });
});
