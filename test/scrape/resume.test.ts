import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { jpeg, picture, serveFixture, withoutRobots } from "./fixture_web.ts";
import { fates, withCatalog } from "./with_catalog.ts";

const whole = await picture(5, { width: 900, height: 1000, format: "png" });
const address = "http://a.example/1.png";

/** How the host of the next test behaves. */
interface Host {
  /** Bytes sent before the connection breaks, for every answer in turn; then all of them. */
  readonly breaks: readonly number[];
  readonly etags?: readonly string[];
  readonly ranges?: boolean;
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

const partName = (url: string) => `${createHash("sha256").update(url).digest("hex")}.part`;

/** Bytes of the unfinished file in a catalogue's folder. */
function bytesOf(folder: string): number {
  try {
    return Deno.statSync(`${folder}/pictures/parts/${partName(address)}`).size;
  } catch {
    return 0;
  }
}

/** A body that ends early, as soon as its bytes have arrived. */
function brokenOff(bytes: Uint8Array, arrived: () => boolean): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes);
      for (let tries = 0; tries < 200 && !arrived(); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      controller.error(new Error("the host breaks off"));
    },
  });
}

/** A host that breaks off, and the ranges that it was asked for. */
function breakingWeb(
  folder: () => string,
  { breaks, etags = ['"1"'], ranges = true, bytes = whole }: Host,
) {
  const asked: (string | null)[] = [];
  const web = serveFixture({
    "a.example": withoutRobots((request) => {
      const turn = asked.push(request.headers.get("range")) - 1;
      const etag = etags[Math.min(turn, etags.length - 1)]!;
      const [, from] = /^bytes=(\d+)-$/.exec(asked[turn] ?? "") ?? [];
      const goOn = ranges && from !== undefined && request.headers.get("if-range") === etag;
      const begin = goOn ? Number(from) : 0;
      const rest = bytes.subarray(begin);
      const headers = {
        "content-type": "image/png",
        "content-length": String(rest.length),
        ...(etag ? { etag } : {}),
        ...(goOn ? { "content-range": `bytes ${begin}-${bytes.length - 1}/${bytes.length}` } : {}),
      };
      const sent = breaks[turn] ?? rest.length;
      const body = sent >= rest.length
        ? rest
        : brokenOff(rest.subarray(0, sent), () => bytesOf(folder()) >= begin + sent);
      return new Response(body, { status: goOn ? 206 : 200, headers });
    }),
  });
  return { web, asked };
}

async function fetched(host: Host, options: { attempts?: number; runs?: number } = {}) {
  let folder = "";
  const { web, asked } = breakingWeb(() => folder, host);
  await using _ = web;
  let result = { fate: "", sha256: null as string | null, asked, parts: false };
  await withCatalog(async (catalog) => {
    folder = catalog.folder;
    for (let run = 0; run < (options.runs ?? 1); run++) {
      await fates(catalog, web, [address], { attempts: options.attempts ?? 3 });
    }
    const [row] = catalog.pictures();
    const parts = existsSync(catalog.resolve("pictures/parts"));
    result = { fate: row!.reason ?? row!.status, sha256: row!.sha256, asked, parts };
  });
  return result;
}

const sha256 = createHash("sha256").update(whole).digest("hex");

Deno.test("a download that breaks off goes on where it ended, also in the next crawl", async () => {
  const same = await fetched({ breaks: [100_000, 70_000] });
  assert.deepEqual(same.asked, [null, "bytes=100000-", "bytes=170000-"]);
  assert.deepEqual([same.fate, same.sha256, same.parts], ["kept", sha256, false]);
  const later = await fetched({ breaks: [100_000] }, { attempts: 1, runs: 2 });
  assert.deepEqual(later.asked, [null, "bytes=100000-"]);
  assert.deepEqual([later.fate, later.sha256, later.parts], ["kept", sha256, false]);
  const never = await fetched({ breaks: [100_000, 1000, 1000] });
  assert.deepEqual([never.fate, never.parts], ["cut-short", true]);
});

Deno.test("a changed file, a host without ranges or without ETag is fetched from the start", async () => {
  const changed = await fetched({ breaks: [100_000], etags: ['"1"', '"2"'] });
  assert.deepEqual(changed.asked, [null, "bytes=100000-"]);
  assert.deepEqual([changed.fate, changed.sha256], ["kept", sha256]);
  const without = await fetched({ breaks: [100_000], ranges: false });
  assert.deepEqual([without.fate, without.sha256], ["kept", sha256]);
  for (const etags of [[""], ['W/"1"']]) {
    const weak = await fetched({ breaks: [100_000], etags });
    assert.deepEqual([weak.asked, weak.fate, weak.sha256], [[null, null], "kept", sha256]);
  }
  const small = await picture(6);
  const short = await fetched({ breaks: [2000], bytes: small });
  assert.deepEqual([short.asked, short.fate], [[null, null], "kept"]);
});

Deno.test("a host that answers with another range than was asked for is not believed", async () => {
  let turn = 0;
  let folder = "";
  await using web = serveFixture({
    "a.example": withoutRobots((request) => {
      const headers = { "content-type": "image/png", etag: '"1"' };
      if (turn++ === 0) {
        const body = brokenOff(whole.subarray(0, 100_000), () => bytesOf(folder) >= 100_000);
        return new Response(body, {
          headers: { ...headers, "content-length": String(whole.length) },
        });
      }
      if (!request.headers.has("range")) return new Response(whole, { headers });
      const range = `bytes 50000-${whole.length - 1}/${whole.length}`;
      return new Response(whole.subarray(50_000), {
        status: 206,
        headers: { ...headers, "content-range": range },
      });
    }),
  });
  await withCatalog(async (catalog) => {
    folder = catalog.folder;
    await fates(catalog, web, [address]);
    assert.equal(catalog.keptPictures()[0]?.sha256, sha256);
    assert.equal(turn, 3);
  });
});

Deno.test("a full disk stops the crawl with a clear error, and a later crawl makes it good", async () => {
  const good = await picture(1);
  await using web = serveFixture({
    "a.example": withoutRobots(() => jpeg(good)),
  });
  await withCatalog(async (catalog) => {
    // The kernel answers ENOSPC to every byte that is written to /dev/full.
    const name = partName("http://a.example/1.jpg");
    Deno.mkdirSync(catalog.resolve("pictures/parts"), { recursive: true });
    Deno.symlinkSync("/dev/full", catalog.resolve(`pictures/parts/${name}`));
    const addresses = ["http://a.example/1.jpg"];
    await assert.rejects(
      fates(catalog, web, addresses),
      /The disk .* is full: make room and start/,
    );
    assert.equal(catalog.pictures()[0]!.status, "found");
    await fates(catalog, web, addresses);
    assert.equal(catalog.keptPictures().length, 1);
  });
});
