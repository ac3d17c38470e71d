import { baidu, bing, type CrawlOptions, google } from "../../lib/scrape/mod.ts";
import {
  baiduPage,
  bingPage,
  type FixtureWeb,
  googlePage,
  type Handler,
  jpeg,
  picture,
  serveFixture,
  withoutRobots,
} from "./fixture_web.ts";
import { quick } from "./with_catalog.ts";

/** Three engines that list overlapping pictures on two hosts, some of them repeats or broken. */
export async function threeEngineWeb(
  delayOf: (path: string) => number = () => 0,
): Promise<FixtureWeb> {
  const pictures = await Promise.all(Array.from({ length: 60 }, (_, seed) => picture(seed)));
  const smaller = await Promise.all(
    [3, 7, 9].map((seed) => picture(seed, { width: 280, height: 315, quality: 90 })),
  );
  const address = (index: number) => `http://${index % 3 === 0 ? "a" : "b"}.example/${index}.jpg`;
  const list = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ({ url: address(from + index) }));
  const host: Handler = async (_request, { pathname }) => {
    const number = Number(/\d+/.exec(pathname)?.[0]);
    await new Promise((resolve) => setTimeout(resolve, delayOf(pathname)));
    if (pathname === "/robots.txt") return new Response("User-agent: *\nDisallow: /private/");
    if (number % 17 === 5) return new Response(null, { status: 404 });
    if (number >= 60 && number < 63) return jpeg(smaller[number - 60]!);
    return jpeg(pictures[number % 60]!); // 63 and above repeat the bytes of 3 and above
  };
  return serveFixture({
    "a.example": host,
    "b.example": host,
    "google.sample": withoutRobots((_request, { searchParams }) => {
      const start = Number(searchParams.get("start"));
      return new Response(googlePage(list(0, 40).slice(start, start + 10)));
    }),
    "bing.sample": withoutRobots((_request, { searchParams }) => {
      const results = list(20, 70);
      const first = Math.min(Number(searchParams.get("first")) - 1, results.length - 35);
      return new Response(bingPage(results.slice(first, first + 35)));
    }),
    "baidu.sample": withoutRobots((_request, { pathname, searchParams }) => {
      const first = Number(searchParams.get("pn"));
      return new Response(pathname === "/" ? "" : baiduPage(list(50, 65).slice(first, first + 30)));
    }),
  });
}

/** A crawl of these engines, each asked for one keyword. */
export function threeEngineCrawl(connectTo: FixtureWeb["connectTo"]): CrawlOptions {
  return {
    ...quick,
    connectTo,
    queries: [
      { engine: google({ endpoint: "http://google.sample" }), keyword: "하나", limit: 35 },
      { engine: bing({ endpoint: "http://bing.sample" }), keyword: "둘", limit: 100 },
      { engine: baidu({ endpoint: "http://baidu.sample" }), keyword: "三", limit: 100 },
    ],
  };
}
