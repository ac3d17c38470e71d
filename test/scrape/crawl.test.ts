import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Catalog } from "../../lib/catalog/mod.ts";
import { crawl, type Engine, google, urls } from "../../lib/scrape/mod.ts";
import {
  googlePage,
  type Handler,
  jpeg,
  picture,
  serveFixture,
  withoutRobots,
} from "./fixture_web.ts";
import { threeEngineCrawl, threeEngineWeb } from "./three_engines.ts";
import { fates, finish, quick, storedFiles, withCatalog } from "./with_catalog.ts";

const noRobots: Handler = () => new Response(null, { status: 404 });

Deno.test("crawl gives every picture its fate and its reason", async () => {
  const good = await picture(1);
  const png = await picture(2, { format: "png" });
  const pages: Record<string, () => Response | Promise<Response>> = {
    "/good.jpg": () => jpeg(good),
    "/png-named.jpg": () => jpeg(png),
    "/missing.jpg": () => new Response("no", { status: 404 }),
    "/gone.jpg": () => new Response("no", { status: 410 }),
    "/forbidden.jpg": () => new Response("no", { status: 403 }),
    "/error.jpg": () => new Response("no", { status: 503 }),
    "/page.jpg": () =>
      new Response("<!DOCTYPE html>", { headers: { "content-type": "text/html" } }),
    "/disguised.jpg": () => jpeg(new TextEncoder().encode("<!DOCTYPE html><title>x</title>")),
    "/empty.jpg": () => jpeg(new Uint8Array()),
    "/small.jpg": async () => jpeg(await picture(3, { width: 120, height: 300 })),
    "/truncated.jpg": () => jpeg(good.slice(0, good.length >> 1)),
    "/header.png": () =>
      jpeg(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)),
    "/large.jpg": () => jpeg(new Uint8Array(300_000).fill(0xff)),
    "/endless.jpg": () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.enqueue(new Uint8Array([0xff, 0xd8, 0xff, ...new Array(60_000).fill(0)]));
          },
        }),
      ),
    "/members/1.jpg": () => jpeg(good),
    "/noai.jpg": () => jpeg(good, { "x-robots-tag": "noai" }),
    "/reserved.jpg": () => jpeg(good, { "tdm-reservation": "1" }),
    "/moved.jpg": () =>
      new Response(null, { status: 302, headers: { location: "http://b.example/a.jpg" } }),
    "/loop.jpg": () => new Response(null, { status: 302, headers: { location: "/loop.jpg" } }),
    "/nowhere.jpg": () => new Response(null, { status: 302 }),
    "/inside.jpg": () =>
      new Response(null, { status: 302, headers: { location: "http://127.0.0.1:1/" } }),
    "/metadata.jpg": () =>
      new Response(null, { status: 302, headers: { location: "http://169.254.169.254/latest" } }),
    "/file.jpg": () =>
      new Response(null, { status: 302, headers: { location: "file:///etc/passwd" } }),
  };
  await using web = serveFixture({
    "a.example": (_request, { pathname }) =>
      pathname === "/robots.txt"
        ? new Response("User-agent: *\nDisallow: /members/\n")
        : pages[pathname]!(),
    "b.example": withoutRobots(async () => jpeg(await picture(4))),
    "unsure.example": () => new Response(null, { status: 500 }),
    "silent.example": "",
    "short.example":
      "HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: 1000\r\n\r\n\xff\xd8\xff",
  });
  await withCatalog(async (catalog) => {
    const found = await fates(catalog, web, [
      ...Object.keys(pages).map((path) => `http://a.example${path}`),
      "http://unsure.example/1.jpg",
      "http://silent.example/1.jpg",
      "http://short.example/1.jpg",
      "http://no-such-host.invalid/1.jpg",
      "http://[::1]:9/1.jpg",
      "http://2130706433/1.jpg",
    ], { maximumBytes: 200_000 });
    assert.deepEqual(found, {
      "http://a.example/good.jpg": "kept",
      "http://a.example/png-named.jpg": "kept",
      "http://a.example/missing.jpg": "rejected missing",
      "http://a.example/gone.jpg": "rejected missing",
      "http://a.example/forbidden.jpg": "rejected refused",
      "http://a.example/error.jpg": "failed server-error",
      "http://a.example/page.jpg": "rejected not-a-picture",
      "http://a.example/disguised.jpg": "rejected not-a-picture",
      "http://a.example/empty.jpg": "rejected empty",
      "http://a.example/small.jpg": "rejected too-small",
      "http://a.example/truncated.jpg": "rejected broken",
      "http://a.example/header.png": "rejected broken",
      "http://a.example/large.jpg": "rejected too-large",
      "http://a.example/endless.jpg": "rejected too-large",
      "http://a.example/members/1.jpg": "rejected robots",
      "http://a.example/noai.jpg": "rejected opt-out",
      "http://a.example/reserved.jpg": "rejected opt-out",
      "http://a.example/moved.jpg": "kept",
      "http://a.example/loop.jpg": "rejected redirects",
      "http://a.example/nowhere.jpg": "rejected redirects",
      "http://a.example/inside.jpg": "rejected private-address",
      "http://a.example/metadata.jpg": "rejected private-address",
      "http://a.example/file.jpg": "rejected not-http",
      "http://unsure.example/1.jpg": "failed robots-unreachable",
      "http://silent.example/1.jpg": "failed connection",
      "http://short.example/1.jpg": "failed cut-short",
      "http://no-such-host.invalid/1.jpg": "failed no-such-host",
      "http://[::1]:9/1.jpg": "rejected private-address",
      "http://127.0.0.1/1.jpg": "rejected private-address",
    });
    assert.ok(
      !web.requests.includes("a.example/members/1.jpg"),
      "asked for what robots.txt disallows",
    );
    assert.equal(web.requests.filter((path) => path === "a.example/error.jpg").length, 3);
    assert.equal(web.requests.filter((path) => path === "a.example/robots.txt").length, 1);
    for (const row of catalog.keptPictures()) {
      const bytes = await Deno.readFile(catalog.resolve(row.file!));
      assert.equal(createHash("sha256").update(bytes).digest("hex"), row.sha256);
      assert.equal(row.bytes, bytes.length);
      assert.deepEqual([row.width, row.height], [320, 360]);
    }
    assert.equal(catalog.pictures().find(({ url }) => url.endsWith("named.jpg"))!.format, "png");
    for (const name of storedFiles(catalog.folder)) {
      assert.match(name, /^[0-9a-f]{2}\/[0-9a-f]{64}\.\w+$/);
    }
  });
});

Deno.test("crawl sends one honest user agent with the contact", async () => {
  const good = await picture(1);
  await using web = serveFixture({
    "a.example": withoutRobots(() => jpeg(good)),
  });
  await withCatalog(async (catalog) => {
    await fates(catalog, web, ["http://a.example/1.jpg"], {
      userAgent: "faces/2.0",
      contact: "me@home.example",
    });
    for (const path of ["robots.txt", "1.jpg"]) {
      assert.equal(
        web.headers.get(`a.example/${path}`)!.get("user-agent"),
        "faces/2.0 (+me@home.example)",
      );
    }
  });
});

Deno.test("crawl refuses a public host when no contact is given", async () => {
  await using web = serveFixture({});
  await withCatalog(async (catalog) => {
    await assert.rejects(fates(catalog, web, ["http://93.184.215.14/1.jpg"]), /contact/);
  });
});

Deno.test("crawl reaches loopback hosts that are allowed by name, and no others", async () => {
  const good = await picture(1);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) =>
      request.url.endsWith("robots.txt") ? new Response(null, { status: 404 }) : jpeg(good),
  );
  await using web = serveFixture({});
  const host = `127.0.0.1:${server.addr.port}`;
  await withCatalog(async (catalog) => {
    const found = await fates(catalog, web, [`http://${host}/1.jpg`, `http://127.0.0.2:9/1.jpg`], {
      allowLoopback: [host],
    });
    assert.deepEqual(Object.values(found), ["kept", "rejected private-address"]);
  });
  await server.shutdown();
});

Deno.test("crawl waits as long as Retry-After asks, and gives up on what asks for too long", async () => {
  const good = await picture(1);
  const times: number[] = [];
  await using web = serveFixture({
    "a.example": withoutRobots(() => {
      times.push(performance.now());
      return times.length === 1
        ? new Response(null, { status: 429, headers: { "retry-after": "1" } })
        : jpeg(good);
    }),
    "b.example": withoutRobots(() =>
      new Response(null, { status: 503, headers: { "retry-after": "86400" } })
    ),
  });
  await withCatalog(async (catalog) => {
    const found = await fates(catalog, web, ["http://a.example/1.jpg", "http://b.example/1.jpg"]);
    assert.deepEqual(Object.values(found), ["kept", "failed server-error"]);
    assert.ok(times[1]! - times[0]! >= 990, `came back after ${times[1]! - times[0]!} ms`);
    assert.equal(web.requests.filter((path) => path === "b.example/1.jpg").length, 1);
  });
});

Deno.test("crawl keeps at most perHost.concurrency requests open at a host", async () => {
  let open = 0;
  let most = 0;
  let number = 0;
  await using web = serveFixture({
    "a.example": withoutRobots(async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 10));
      open--;
      return jpeg(await picture(++number));
    }),
  });
  await withCatalog(async (catalog) => {
    const addresses = Array.from({ length: 12 }, (_, index) => `http://a.example/${index}.jpg`);
    await fates(catalog, web, addresses, { perHost: { concurrency: 3, gap: 0 } });
    assert.equal(catalog.keptPictures().length, 12);
    assert.equal(most, 3);
  });
});

Deno.test("a host that trickles its bytes is a timeout and holds up no other host", async () => {
  const good = await picture(1);
  await using web = serveFixture({
    "slow.example": withoutRobots(() => {
      let timer: ReturnType<typeof setInterval>;
      return new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(Uint8Array.of(0xff, 0xd8, 0xff));
            timer = setInterval(() => controller.enqueue(Uint8Array.of(0)), 20);
          },
          cancel: () => clearInterval(timer),
        }),
      );
    }),
    "a.example": withoutRobots(() => jpeg(good)),
  });
  await withCatalog(async (catalog) => {
    const found = await fates(catalog, web, [
      ...Array.from({ length: 8 }, (_, index) => `http://slow.example/${index}.jpg`),
      "http://a.example/1.jpg",
    ], { timeout: 0.3, attempts: 1, concurrency: 6 });
    const values = Object.values(found);
    assert.equal(values.filter((fate) => fate === "failed timeout").length, 8);
    assert.equal(found["http://a.example/1.jpg"], "kept");
  });
});

Deno.test("crawl merges three engines: limits, repeats and the funnel are right", async () => {
  await using web = await threeEngineWeb();
  const options = threeEngineCrawl(web.connectTo);
  await withCatalog(async (catalog) => {
    const last = await finish(crawl(catalog, options));
    const listed = Object.fromEntries(catalog.queries().map((row) => [row.engine, row.listed]));
    assert.deepEqual(listed, { google: 35, bing: 50, baidu: 15 });
    assert.deepEqual(
      catalog.queries().map(({ engine, status, reason }) => [engine, status, reason]),
      [["baidu", "done", "end"], ["bing", "done", "end"], ["google", "done", "limit"]],
    );
    const funnel = Object.fromEntries(catalog.funnel().map(({ stage, count }) => [stage, count]));
    assert.deepEqual(funnel, { listed: 100, distinct: 70, fetched: 66, kept: 57 });
    assert.equal(last.done, 70);
    const repeats = catalog.pictures({ reason: "duplicate" });
    const byId = new Map(catalog.pictures().map((row) => [row.id, row.url]));
    const links = Object.fromEntries(
      repeats.map(({ url, duplicateOf }) => [/(\d+)\.jpg/.exec(url)![1], byId.get(duplicateOf!)]),
    );
    assert.deepEqual(links, {
      "60": "http://a.example/3.jpg",
      "61": "http://b.example/7.jpg",
      "62": "http://a.example/9.jpg",
      "63": "http://a.example/3.jpg",
      "64": "http://b.example/4.jpg",
      "66": "http://a.example/6.jpg",
      "67": "http://b.example/7.jpg",
      "68": "http://b.example/8.jpg",
      "69": "http://a.example/9.jpg",
    });
  });
});

Deno.test("an engine with long pages does not push another's first results to the end", async () => {
  const listed = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const engines = [["wide", 12], ["narrow", 3]].map(([name, count], index): Engine => ({
    name: String(name),
    filters: {},
    async *search() {
      const candidates = Array.from({ length: Number(count) }, (_, place) => ({
        url: `http://a.example/${name}-${place + 1}.jpg`,
        engine: String(name),
        rank: place + 1,
      }));
      try {
        yield { number: 0, candidates };
      } finally {
        listed[index]!.resolve();
      }
    },
  }));
  const ranks: number[] = [];
  await using web = serveFixture({
    "a.example": async (_request, { pathname }) => {
      const rank = /\d+/.exec(pathname)?.[0];
      if (!rank) return new Response(null, { status: 404 });
      ranks.push(Number(rank));
      // The first picture takes so long that all results are known when the next one is chosen.
      await Promise.all(listed.map(({ promise }) => promise));
      return jpeg(await picture(ranks.length));
    },
  });
  await withCatalog(async (catalog) => {
    await finish(crawl(catalog, {
      ...quick,
      connectTo: web.connectTo,
      perHost: { concurrency: 1, gap: 0 },
      queries: engines.map((engine) => ({ engine, keyword: "x", limit: 99 })),
    }));
  });
  const [, ...later] = ranks;
  assert.equal(later.length, 14);
  assert.deepEqual(later, later.toSorted((a, b) => a - b));
});

Deno.test("crawl ends in the same catalogue whatever the order of the answers", async () => {
  const snapshots = new Set<string>();
  for (let seed = 1; seed <= 3; seed++) {
    await using web = await threeEngineWeb((path) => (path.length * 37 + seed * 101) % 23 * seed);
    const options = threeEngineCrawl(web.connectTo);
    await withCatalog(async (catalog) => {
      await finish(crawl(catalog, { ...options, concurrency: seed * 4 }));
      snapshots.add(catalog.snapshot());
    });
  }
  assert.equal(snapshots.size, 1);
});

Deno.test("a second crawl asks for nothing that is settled, and again for what failed", async () => {
  const good = await picture(1);
  let healthy = false;
  await using web = serveFixture({
    "a.example": withoutRobots((_request, { pathname }) => {
      if (pathname === "/missing.jpg") return new Response(null, { status: 404 });
      return pathname === "/good.jpg" || healthy ? jpeg(good) : new Response(null, { status: 500 });
    }),
  });
  const addresses = ["good", "missing", "weak"].map((name) => `http://a.example/${name}.jpg`);
  await withCatalog(async (catalog) => {
    const first = await fates(catalog, web, addresses);
    assert.equal(first[addresses[2]!], "failed server-error");
    web.requests.length = 0;
    assert.deepEqual(await fates(catalog, web, addresses, { retryFailed: false }), first);
    assert.deepEqual(web.requests, []);
    healthy = true;
    const second = await fates(catalog, web, addresses);
    assert.equal(second[addresses[2]!], "rejected duplicate");
    assert.deepEqual(web.requests, ["a.example/robots.txt", "a.example/weak.jpg"]);
  });
});

Deno.test("a larger limit goes on where the smaller one ended", async () => {
  await using web = await threeEngineWeb();
  const options = threeEngineCrawl(web.connectTo);
  const engine = google({ endpoint: "http://google.sample" });
  await withCatalog((catalog) =>
    withCatalog(async (straight) => {
      for (const limit of [5, 12, 33]) {
        await finish(crawl(catalog, { ...options, queries: [{ engine, keyword: "하나", limit }] }));
      }
      await finish(
        crawl(straight, { ...options, queries: [{ engine, keyword: "하나", limit: 33 }] }),
      );
      assert.equal(catalog.snapshot(), straight.snapshot());
    })
  );
});

Deno.test("a refusing engine is left alone while the others go on, and is tried again later", async () => {
  let blocked = true;
  const good = await picture(1);
  await using web = serveFixture({
    "google.sample": withoutRobots(() =>
      blocked
        ? new Response(null, { status: 302, headers: { location: "/sorry/index" } })
        : new Response(googlePage([]))
    ),
    "a.example": withoutRobots(() => jpeg(good)),
  });
  const engine = google({ endpoint: "http://google.sample" });
  const queries = [
    { engine, keyword: "하나", limit: 10 },
    { engine, keyword: "둘", limit: 10 },
    { engine: urls(["http://a.example/1.jpg"]), keyword: "list", limit: 10 },
  ];
  const state = (catalog: Catalog) =>
    catalog.queries().map(({ engine, status, reason }) => `${engine} ${status} ${reason}`);
  await withCatalog(async (catalog) => {
    await finish(crawl(catalog, { ...quick, connectTo: web.connectTo, queries }));
    assert.deepEqual(state(catalog), [
      "google blocked captcha",
      "google blocked captcha",
      "urls done end",
    ]);
    assert.match(catalog.queries()[0]!.detail!, /google: asked to prove/);
    assert.equal(web.requests.filter((path) => path.startsWith("google.sample/search")).length, 1);
    assert.equal(catalog.keptPictures().length, 1);
    blocked = false;
    web.requests.length = 0;
    await finish(crawl(catalog, { ...quick, connectTo: web.connectTo, queries }));
    assert.deepEqual(web.requests, [], "the engine's hour is not over");
    assert.match(catalog.queries()[0]!.detail!, /google: still paused, after an earlier captcha/);
    catalog.savePause({ kind: "engine", name: "google", until: Date.now(), reason: "captcha" });
    await finish(crawl(catalog, { ...quick, connectTo: web.connectTo, queries }));
    assert.deepEqual(state(catalog), ["google empty end", "google empty end", "urls done end"]);
  });
});

Deno.test("robots.txt is obeyed on result pages unless that is switched off", async () => {
  await using web = serveFixture({
    "google.sample": (_request, { pathname }) =>
      new Response(
        pathname === "/robots.txt" ? "User-agent: *\nDisallow: /search" : googlePage([]),
      ),
  });
  const queries = [{
    engine: google({ endpoint: "http://google.sample" }),
    keyword: "x",
    limit: 9,
  }];
  for (const [robotsOnSearchPages, status] of [[true, "blocked"], [false, "empty"]] as const) {
    await withCatalog(async (catalog) => {
      await finish(
        crawl(catalog, { ...quick, connectTo: web.connectTo, queries, robotsOnSearchPages }),
      );
      assert.equal(catalog.queries()[0]!.status, status);
    });
  }
});

Deno.test("a result page that redirects to no address fails its query, not the crawl", async () => {
  await using web = serveFixture({
    "google.sample": withoutRobots(() =>
      new Response(null, { status: 302, headers: { location: "http://[" } })
    ),
  });
  const engine = google({ endpoint: "http://google.sample" });
  await withCatalog(async (catalog) => {
    const queries = [{ engine, keyword: "x", limit: 9 }];
    await finish(crawl(catalog, { ...quick, connectTo: web.connectTo, queries }));
    const { status, reason } = catalog.queries()[0]!;
    assert.deepEqual([status, reason], ["failed", "format-changed"]);
  });
});

Deno.test("server errors on result pages are retried, then the query has failed as unreachable", async () => {
  let answers = 0;
  await using web = serveFixture({
    "google.sample": withoutRobots(() =>
      ++answers < 3 || answers > 4
        ? new Response(null, { status: 503 })
        : new Response(googlePage([{ url: "http://a.example/1.jpg" }]))
    ),
    "a.example": noRobots,
  });
  const queries = [{
    engine: google({ endpoint: "http://google.sample" }),
    keyword: "x",
    limit: 99,
  }];
  await withCatalog(async (catalog) => {
    await finish(crawl(catalog, { ...quick, connectTo: web.connectTo, queries }));
    const [row] = catalog.queries();
    assert.deepEqual([row!.status, row!.reason, row!.listed], ["done", "end", 1]);
    const other: Engine = { ...queries[0]!.engine, name: "other" };
    await finish(
      crawl(catalog, {
        ...quick,
        connectTo: web.connectTo,
        queries: [{ engine: other, keyword: "x", limit: 99 }],
      }),
    );
    const failed = catalog.queries().find(({ engine }) => engine === "other")!;
    assert.deepEqual([failed.status, failed.reason], ["failed", "unreachable"]);
  });
});

Deno.test("crawl returns when the signal fires, and goes on later to the same catalogue", async () => {
  await using web = await threeEngineWeb(() => 5);
  const options = threeEngineCrawl(web.connectTo);
  await withCatalog((catalog) =>
    withCatalog(async (straight) => {
      await finish(crawl(straight, options));
      for (const stopAt of [0, 1, 10, 30]) {
        const controller = new AbortController();
        let settled = 0;
        for await (const progress of crawl(catalog, options, controller.signal)) {
          settled = progress.done;
          if (settled >= stopAt) controller.abort();
        }
        assert.ok(settled < 70, "the crawl was over before it was stopped");
      }
      await finish(crawl(catalog, options));
      assert.equal(catalog.snapshot(), straight.snapshot());
    })
  );
});

Deno.test("a crawl that its reader leaves stops and can be gone on with", async () => {
  await using web = await threeEngineWeb(() => 5);
  const options = threeEngineCrawl(web.connectTo);
  await withCatalog(async (catalog) => {
    for await (const { done } of crawl(catalog, options)) if (done >= 5) break;
    const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));
    await aWhile(); // what was sent before the reader left still arrives
    const requests = web.requests.length;
    await aWhile();
    assert.equal(web.requests.length, requests, "went on after it was left");
    await finish(crawl(catalog, options));
    assert.equal(catalog.keptPictures().length, 57);
  });
});

Deno.test("crawl reads no further result page while 2,000 pictures wait", async () => {
  await withCatalog(async (catalog) => {
    const pages = 40;
    const many: Engine = {
      name: "many",
      filters: {},
      async *search(_, { firstPage }) {
        for (let number = firstPage; number < pages; number++) {
          const candidates = Array.from({ length: 100 }, (_, index) => ({
            url: `file:///nowhere/${number}/${index}.jpg`,
            engine: "many",
            rank: number * 100 + index + 1,
          }));
          yield { number, candidates };
        }
      },
    };
    let longest = 0;
    const queries = [{ engine: many, keyword: "", limit: 9999 }];
    for await (const { done, total } of crawl(catalog, { ...quick, queries })) {
      longest = Math.max(longest, total! - done);
    }
    assert.equal(catalog.pictures({ reason: "missing" }).length, 100 * pages);
    assert.ok(longest > 1000 && longest < 2200, `${longest} pictures waited`);
  });
});
