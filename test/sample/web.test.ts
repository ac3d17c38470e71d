import assert from "node:assert/strict";
import { load } from "cheerio";
import { decodeImage, encodeJpeg } from "../../lib/image/mod.ts";
import {
  type EngineFault,
  type EngineName,
  planWorld,
  type SampleWeb,
  type ServeOptions,
  serveWorld,
  type Trap,
} from "../../lib/sample/mod.ts";
import { licenceOf } from "../../lib/sample/web/licence.ts";
import { paintedWorld, urlOf } from "./sample_world.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const painter = new URL("./stand_in_painter.ts", import.meta.url);

// Enough people for more than one page of results a keyword.
const world = await paintedWorld(planWorld({ people: 400, seed: 5 }), { folder, painter });

/** Asks the sample web for one of its addresses; redirects are not followed. */
async function get(web: SampleWeb, address: string, headers: Record<string, string> = {}) {
  const { host, pathname, search } = new URL(address);
  assert.ok(web.connectTo[host], `no host ${host}`);
  const response = await fetch(`http://${web.connectTo[host]}${pathname}${search}`, {
    headers,
    redirect: "manual",
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { response, bytes, text: new TextDecoder().decode(bytes) };
}

interface Result {
  readonly url: string;
  readonly page: string;
  readonly thumbnail: string;
  readonly width: number;
  readonly height: number;
}

/** Page number (from 0) of each engine, read by the fields that the engines' pages have. */
const readPage: Record<
  EngineName,
  (web: SampleWeb, keyword: string, page: number) => Promise<Result[]>
> = {
  google: async (web, keyword, page) => {
    const query = new URLSearchParams({ q: keyword, tbm: "isch", start: String(10 * page) });
    const { text } = await get(web, `${web.endpoints.google}/search?${query}`);
    return load(text)('a[href*="/imgres?"]').toArray().map((element) => {
      const { searchParams } = new URL(element.attribs.href!, web.endpoints.google);
      assert.ok(searchParams.get("tbnid"));
      return {
        url: searchParams.get("imgurl")!,
        page: searchParams.get("imgrefurl")!,
        thumbnail: load(element)("img").attr("src")!,
        width: Number(searchParams.get("w")),
        height: Number(searchParams.get("h")),
      };
    });
  },
  bing: async (web, keyword, page) => {
    const query = new URLSearchParams({ q: keyword, async: "1", count: "35" });
    query.set("first", String(35 * page + 1));
    const { text } = await get(web, `${web.endpoints.bing}/images/async?${query}`);
    const $ = load(text);
    return $("ul.dgControl_list > li").toArray().map((item) => {
      const data = JSON.parse($(item).find("a.iusc").attr("m")!);
      const [width, height] = $(item).find(".imgpt span").text().split(" · ")[0]!.split(" × ");
      assert.ok($(item).find(".infnmpt a").text());
      assert.ok(data.desc);
      return {
        url: data.murl,
        page: data.purl,
        thumbnail: data.turl,
        width: Number(width),
        height: Number(height),
      };
    });
  },
  baidu: async (web, keyword, page) => {
    const front = await get(web, `${web.endpoints.baidu}/`);
    const cookie = front.response.headers.get("set-cookie")!.split(";")[0]!;
    const query = new URLSearchParams({ tn: "resultjson_com", word: keyword, rn: "30" });
    query.set("pn", String(30 * page));
    const { text } = await get(web, `${web.endpoints.baidu}/search/acjson?${query}`, { cookie });
    const { data } = JSON.parse(text.replaceAll("\\'", "'"));
    assert.deepEqual(data.pop(), {}, "the list ends with an empty entry");
    // deno-lint-ignore no-explicit-any -- the answer is foreign JSON
    return data.map((entry: any) => {
      assert.ok(entry.fromPageTitle);
      assert.match(entry.objURL, /^ippr_z2C\$qAzdH3FAzdH3F/, "http:// in Baidu's cipher");
      return {
        url: entry.replaceUrl[0].ObjURL,
        page: entry.replaceUrl[0].FromURL,
        thumbnail: entry.thumbURL,
        width: entry.width,
        height: entry.height,
      };
    });
  },
};
const engines = Object.keys(readPage) as EngineName[];
const pageLength: Record<EngineName, number> = { google: 10, bing: 35, baidu: 30 };

/** Addresses as the plan has them, in the order of rank. */
function plannedUrls(engine: EngineName, keyword: string): string[] {
  const links = new Map(world.plan.links.map((link) => [link.id, link]));
  return world.plan.results[engine][keyword]!.map((id) => urlOf(links.get(id)!));
}

for (const engine of engines) {
  Deno.test(`${engine}'s pages list every planned result once, in order, and then end`, async () => {
    await using web = serveWorld(world);
    for (const keyword of web.keywords[engine]) {
      const planned = plannedUrls(engine, keyword);
      const found: string[] = [];
      for (let page = 0; found.length < planned.length; page++) {
        const results = await readPage[engine](web, keyword, page);
        const left = planned.length - found.length;
        assert.equal(results.length, Math.min(pageLength[engine], left));
        found.push(...results.map(({ url }) => url));
      }
      assert.deepEqual(found, planned);
      const beyond = await readPage[engine](web, keyword, Math.ceil(found.length / 10) + 2);
      // Bing repeats its last results, the others have no more.
      if (engine === "bing") assert.equal(beyond.at(-1)?.url, planned.at(-1));
      else assert.deepEqual(beyond, []);
    }
  });

  Deno.test(`${engine} has results with page, thumbnail and size`, async () => {
    await using web = serveWorld(world);
    const results = await readPage[engine](web, web.keywords[engine][0]!, 0);
    for (const { url, page, thumbnail, width, height } of results) {
      assert.ok(width > 0 && height > 0, url);
      const small = await decodeImage((await get(web, thumbnail)).bytes);
      assert.ok(Math.max(small.width, small.height) <= 160);
      const post = await get(web, page);
      const image = load(post.text)("img").attr("src")!;
      assert.equal(new URL(image, page).href, new URL(url).href);
    }
  });

  Deno.test(`${engine} answers an unknown keyword with an honest empty page`, async () => {
    await using web = serveWorld(world);
    assert.deepEqual(await readPage[engine](web, "no such keyword", 0), []);
  });
}

Deno.test("bing's licence filter leaves the pictures under an open licence", async () => {
  await using web = serveWorld(world);
  const licensed = new Set(world.plan.links.filter((link) => licenceOf(link)).map(urlOf));
  let found = 0;
  for (const keyword of web.keywords.bing) {
    const query = new URLSearchParams({ q: keyword, first: "1", qft: "+filterui:license-L2_L3" });
    const { text } = await get(web, `${web.endpoints.bing}/images/async?${query}`);
    const urls = load(text)("a.iusc").toArray().map(({ attribs }) => JSON.parse(attribs.m!).murl);
    assert.ok(urls.every((url) => licensed.has(url)));
    found += urls.length;
  }
  assert.ok(found > 0);
});

Deno.test("a licensed picture's page names licence and author", async () => {
  await using web = serveWorld(world);
  const { host, page, licence } = world.plan.links.find(({ licence }) => licence)!;
  const { text } = await get(web, `http://${host}.sample${page}`);
  assert.equal(load(text)("a[rel=license]").attr("href"), licence!.url);
  assert.ok(text.includes(licence!.author));
});

/** What a request for a link gives: the trap's promise, kept. */
const promises: Record<Trap, (web: SampleWeb, url: string) => Promise<void>> = {
  missing: async (web, url) => assert.equal((await get(web, url)).response.status, 404),
  reset: (web, url) =>
    assert.rejects(get(web, url), (error) => /before message completed/.test(causes(error))),
  cut: (web, url) =>
    assert.rejects(get(web, url), (error) => /end of file|body/.test(causes(error))),
  slow: async (web, url) => assert.ok(await isKnown(web, url)),
  moved: async (web, url) => {
    const { response } = await get(web, url);
    assert.equal(response.status, 302);
    const target = response.headers.get("location")!;
    assert.notEqual(new URL(target).host, new URL(url).host);
    assert.ok(await isKnown(web, target));
  },
  html: async (web, url) => {
    const { response, text } = await get(web, url);
    assert.equal(response.status, 200);
    assert.match(text, /^<!DOCTYPE html>/);
  },
  empty: async (web, url) => {
    const { response, bytes } = await get(web, url);
    assert.equal(response.headers.get("content-type"), "image/jpeg");
    assert.equal(bytes.length, 0);
  },
  truncated: async (web, url) => {
    const { response, bytes } = await get(web, url);
    assert.equal(response.status, 200);
    assert.equal(Number(response.headers.get("content-length")), bytes.length);
    await assert.rejects(decodeImage(bytes));
  },
  small: async (web, url) => {
    const { width, height } = await decodeImage((await get(web, url)).bytes);
    assert.ok(Math.max(width, height) < 200, `${width} x ${height}`);
  },
  robots: async (web, url) => {
    const { text } = await get(web, new URL("/robots.txt", url).href);
    const rule = /^Disallow: (.+)$/m.exec(text)![1]!;
    assert.ok(new URL(url).pathname.startsWith(rule));
    assert.ok(await isKnown(web, url), "the server itself would give it");
  },
  noai: async (web, url) => {
    const { response } = await get(web, url);
    assert.match(response.headers.get("x-robots-tag") ?? "", /noai/);
  },
};

async function isKnown(web: SampleWeb, url: string): Promise<boolean> {
  const { bytes } = await get(web, url);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  return web.truthOf(digest) !== null;
}

function causes(error: unknown): string {
  return error instanceof Error ? `${error.message} ${causes(error.cause)}` : String(error);
}

for (const [trap, keepsPromise] of Object.entries(promises)) {
  Deno.test(`every link with the trap "${trap}" does what the trap says`, async () => {
    await using web = serveWorld(world, { slowSeconds: 0.05 });
    const links = world.plan.links.filter((link) => link.trap === trap);
    assert.ok(links.length > 0);
    for (const link of links) await keepsPromise(web, urlOf(link));
  });
}

Deno.test("every link without a trap gives the file that the truth knows", async () => {
  await using web = serveWorld(world);
  const sha256Of = new Map(world.truth.map(({ id, sha256 }) => [id, sha256]));
  for (const link of world.plan.links) {
    if (link.trap !== null) continue;
    const { bytes, response } = await get(web, urlOf(link));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    assert.equal(digest, sha256Of.get(link.picture), link.path);
    const { format } = web.truthOf(digest)!;
    assert.equal(response.headers.get("content-type"), `image/${format}`);
  }
});

const firstSearch: Record<EngineName, string> = {
  google: "/search?q=x&tbm=isch",
  bing: "/images/async?q=x",
  baidu: "/search/acjson?word=x",
};

async function faulty(engine: EngineName, fault: EngineFault) {
  const faults: ServeOptions["faults"] = { [engine]: fault };
  await using web = serveWorld(world, { faults });
  return await get(web, web.endpoints[engine] + firstSearch[engine]);
}

Deno.test("faults: 429 with Retry-After from every engine", async () => {
  for (const engine of engines) {
    const { response } = await faulty(engine, "too-many-requests");
    assert.equal(response.status, 429);
    assert.equal(response.headers.get("retry-after"), "1");
  }
});

Deno.test("faults: each engine asks for a captcha, and Google for consent, in its own way", async () => {
  const sorry = await faulty("google", "captcha");
  assert.match(sorry.response.headers.get("location")!, /\/sorry\/index/);
  const challenge = await faulty("bing", "captcha");
  assert.match(challenge.response.headers.get("location")!, /captcha/);
  assert.equal(JSON.parse((await faulty("baidu", "captcha")).text).antiFlag, 1);
  const consent = await faulty("google", "consent");
  assert.match(new URL(consent.response.headers.get("location")!).host, /^consent\./);
});

Deno.test("faults: a changed format is a long page without any known element", async () => {
  for (const engine of engines) {
    const { response, text } = await faulty(engine, "changed-format");
    assert.equal(response.status, 200);
    assert.ok(text.length > 2000);
    assert.doesNotMatch(text, /imgres|iusc|"data"/);
  }
});

Deno.test("faults can be changed while the web is served", async () => {
  const faults: { google: EngineFault | null } = { google: "too-many-requests" };
  await using web = serveWorld(world, { faults });
  const ask = async () =>
    (await get(web, web.endpoints.google + firstSearch.google)).response.status;
  assert.equal(await ask(), 429);
  faults.google = null;
  assert.equal(await ask(), 200);
});

Deno.test("Baidu without its cookie answers as to a spider", async () => {
  await using web = serveWorld(world);
  const { text } = await get(web, `${web.endpoints.baidu}/search/acjson?word=x`);
  assert.equal(JSON.parse(text).antiFlag, 1);
});

Deno.test("a broken file of a source folder is listed and served, its copies are not", async () => {
  const source = await Deno.makeTempDir({ dir: folder });
  await Deno.writeTextFile(`${source}/a.jpg`, "no picture");
  const image = { width: 90, height: 60, data: new Uint8Array(90 * 60 * 3).fill(99) };
  await Deno.writeFile(`${source}/b.jpg`, await encodeJpeg(image));
  const world = await paintedWorld(planWorld({ source }), { folder, painter });
  await using web = serveWorld(world, { slowSeconds: 0 });
  const ids = new Set(world.truth.map(({ id }) => id));
  assert.ok(world.plan.links.some(({ picture }) => !ids.has(picture)), "copies are missing");
  for (const link of world.plan.links) {
    const { picture, trap, id } = link;
    if (trap !== null) continue;
    const { response } = await get(web, urlOf(link));
    assert.equal(response.status, ids.has(picture) ? 200 : 404);
    const thumbnail = await get(web, `http://thumbnails.sample/${id}`);
    assert.equal(thumbnail.response.status, ids.has(picture) ? 200 : 404);
  }
  for (const engine of engines) {
    for (const keyword of web.keywords[engine]) await readPage[engine](web, keyword, 0);
  }
});

Deno.test("serveWorld listens on this machine only, and is gone when disposed of", async () => {
  const web = serveWorld(world);
  const addresses = Object.values(web.connectTo);
  assert.ok(addresses.length > 8 && addresses.every((address) => address.startsWith("127.0.0.1:")));
  await web[Symbol.asyncDispose]();
  for (const address of addresses) await assert.rejects(fetch(`http://${address}/`));
});
