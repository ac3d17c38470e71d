import assert from "node:assert/strict";
import { openCatalog } from "../../lib/catalog/mod.ts";
import { CircuitBreaker } from "../../lib/scrape/circuit_breaker.ts";
import { crawl, google, urls } from "../../lib/scrape/mod.ts";
import { googlePage, jpeg, picture, serveFixture, withoutRobots } from "./fixture_web.ts";
import { fates, finish, quick, withCatalog } from "./with_catalog.ts";

const notFound = () => new Response(null, { status: 404 });

Deno.test("CircuitBreaker: 180 s after a refusal, an hour after a captcha, or what Retry-After says", () => {
  using catalog = openCatalog(":memory:");
  let now = 1_000_000;
  const breaker = new CircuitBreaker(catalog, { clock: () => now });
  assert.equal(breaker.pauseOf("google"), null);
  assert.equal(breaker.trip("google", { reason: "blocked", retryAfter: null }), 180);
  assert.equal(breaker.trip("bing", { reason: "captcha", retryAfter: null }), 3600);
  assert.equal(breaker.trip("baidu", { reason: "blocked", retryAfter: 7 }), 7);
  assert.equal(breaker.trip("naver", { reason: "robots", retryAfter: null }), null);
  assert.equal(breaker.pauseOf("naver"), null);
  now += 100_000;
  assert.deepEqual(breaker.pauseOf("google"), { reason: "blocked", seconds: 80 });
  assert.equal(breaker.pauseOf("baidu"), null);
  now += 80_000;
  assert.equal(breaker.pauseOf("google"), null);
  const next = new CircuitBreaker(catalog, { clock: () => now });
  assert.deepEqual(next.pauseOf("bing"), { reason: "captcha", seconds: 3420 });
});

Deno.test("a refusing engine goes on in the same crawl when its pause ends while others work", async () => {
  let pages = 0;
  await using web = serveFixture({
    "google.sample": withoutRobots((_request, { searchParams }) => {
      if (++pages === 2) return new Response(null, { status: 403 });
      const start = Number(searchParams.get("start"));
      const results = Array.from({ length: 30 }, (_, index) => ({
        url: `http://a.example/${index}.jpg`,
      }));
      return new Response(googlePage(results.slice(start, start + 10)));
    }),
    "a.example": withoutRobots(async (_request, { pathname }) =>
      jpeg(await picture(Number(/\d+/.exec(pathname))))
    ),
    "slow.example": withoutRobots(async () => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return jpeg(await picture(99));
    }),
  });
  await withCatalog(async (catalog) => {
    const queries = [
      { engine: google({ endpoint: "http://google.sample" }), keyword: "하나", limit: 25 },
      { engine: urls(["http://slow.example/99.jpg"]), keyword: "list", limit: 9 },
    ];
    const options = { ...quick, connectTo: web.connectTo, queries };
    await finish(crawl(catalog, { ...options, enginePauses: { blocked: 0.2 } }));
    const [row] = catalog.queries();
    assert.deepEqual([row!.status, row!.reason, row!.listed], ["done", "limit", 25]);
    assert.equal(pages, 4, "three pages, one of them asked for twice");
    assert.equal(catalog.keptPictures().length, 26);
  });
});

Deno.test("crawl waits for a paused engine as long as waitForEngines allows", async () => {
  let pages = 0;
  await using web = serveFixture({
    "google.sample": withoutRobots(() =>
      ++pages % 2 === 1 ? new Response(null, { status: 403 }) : new Response(googlePage([]))
    ),
  });
  const engine = google({ endpoint: "http://google.sample" });
  const queries = [{ engine, keyword: "하나", limit: 25 }];
  for (const [waitForEngines, status] of [[5, "empty"], [0, "blocked"]] as const) {
    await withCatalog(async (catalog) => {
      const enginePauses = { blocked: 0.1 };
      const options = { ...quick, connectTo: web.connectTo, queries, enginePauses };
      await finish(crawl(catalog, { ...options, waitForEngines }));
      assert.equal(catalog.queries()[0]!.status, status);
    });
  }
});

Deno.test("a host that asks for a long pause gets no further request, in this crawl and the next", async () => {
  await using web = serveFixture({
    "a.example": withoutRobots(() =>
      new Response(null, { status: 429, headers: { "retry-after": "3600" } })
    ),
    "b.example": (_request, { pathname }) =>
      pathname === "/robots.txt"
        ? new Response(null, { status: 503, headers: { "retry-after": "3600" } })
        : new Response("asked without rules", { status: 500 }),
  });
  await withCatalog(async (catalog) => {
    const addresses = ["a", "b"].flatMap((host) =>
      Array.from({ length: 5 }, (_, index) => `http://${host}.example/${index}.jpg`)
    );
    const options = { perHost: { concurrency: 1, gap: 0 } };
    const found = await fates(catalog, web, addresses, options);
    const counts = Object.values(found).toSorted();
    assert.equal(counts.filter((fate) => fate === "failed told-to-wait").length, 8);
    assert.equal(found[addresses[0]!], "failed too-many-requests");
    assert.equal(found[addresses[5]!], "failed robots-unreachable");
    const asked = ["a.example/robots.txt", "a.example/0.jpg", "b.example/robots.txt"];
    assert.deepEqual(web.requests.toSorted(), asked.toSorted());
    web.requests.length = 0;
    await fates(catalog, web, addresses, options);
    assert.deepEqual(web.requests, []);
  });
});

Deno.test("the catalogue tells how often every host was asked, and the smallest gap is no smaller", async () => {
  const starts: number[] = [];
  await using web = serveFixture({
    "a.example": async (_request, { pathname }) => {
      starts.push(performance.now());
      return pathname === "/robots.txt" ? notFound() : jpeg(await picture(starts.length));
    },
  });
  await withCatalog(async (catalog) => {
    const addresses = Array.from({ length: 6 }, (_, index) => `http://a.example/${index}.jpg`);
    await fates(catalog, web, addresses, { perHost: { concurrency: 4, gap: 0.05 } });
    const [visits, ...others] = catalog.compliance().visits;
    assert.deepEqual(others, []);
    // robots.txt, tdmrep.json and six pictures.
    assert.deepEqual([visits!.host, visits!.requests], ["a.example", 8]);
    assert.ok(visits!.smallestGap! >= 0.05, `two requests within ${visits!.smallestGap} s`);
    await fates(catalog, web, [...addresses, "http://a.example/6.jpg"], {
      perHost: { concurrency: 4, gap: 0 },
    });
    assert.equal(catalog.compliance().visits[0]!.requests, 8, "a list is asked once");
  });
});
