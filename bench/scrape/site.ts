// A site on this machine for crawlers to race on: result pages in Bing's format, and small
// pictures on twenty hosts (ports), of which one is slow. Every answer is late by the latency of a real web.
//
// Usage: site.ts PICTURES LATENCY; prints one line of JSON when it is ready.
import sharp from "sharp";
import { randomNumbers } from "../../lib/run/mod.ts";

const [pictureCount, latency] = Deno.args.map(Number) as [number, number];
const hostCount = 20;
const slowSeconds = 1;

/** A JPEG of coloured blobs, 240 x 270 pixels, that looks like no other. */
async function paint(seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const random = randomNumbers(seed);
  const blobs = Uint8Array.from({ length: 8 * 9 * 3 }, () => random() * 256);
  const image = sharp(blobs, { raw: { width: 8, height: 9, channels: 3 } })
    .resize(240, 270, { kernel: "cubic", fit: "fill" });
  return new Uint8Array(await image.jpeg({ quality: 80 }).toBuffer());
}

const pictures: Uint8Array<ArrayBuffer>[] = [];
while (pictures.length < pictureCount) {
  const seeds = Array.from({ length: 100 }, (_, index) => pictures.length + index);
  pictures.push(...await Promise.all(seeds.map(paint)));
}

const late = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const hosts = Array.from({ length: hostCount }, (_, index) => {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      await late(latency / 1000);
      const number = /^\/(\d+)\.jpg$/.exec(new URL(request.url).pathname)?.[1];
      if (number === undefined) return new Response(null, { status: 404 });
      if (index === 0) await late(slowSeconds);
      return new Response(pictures[Number(number)]!, {
        headers: { "content-type": "image/jpeg" },
      });
    },
  );
  return `127.0.0.1:${server.addr.port}`;
});

/** `first` counts from 1; without a `count` the page is one of 20, as older pages were. */
function resultPage(parameters: URLSearchParams): string {
  const count = Number(parameters.get("count") ?? 20);
  const first = Number(parameters.get("first") ?? 1);
  const begin = parameters.has("count") ? first - 1 : first;
  const items = [];
  for (let number = begin; number < Math.min(begin + count, pictureCount); number++) {
    const url = `http://${hosts[number % hostCount]}/${number}.jpg`;
    const data = JSON.stringify({ murl: url, purl: url, turl: url, t: `Picture ${number}` })
      .replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    items.push(
      `<li><div class="imgpt"><a class="iusc" m="${data}"></a><span>240 x 270 · jpeg</span></div></li>`,
    );
  }
  return items.length > 0
    ? `<ul class="dgControl_list">${items.join("\n")}</ul>`
    : `<div class="b_no"><h1>There are no results</h1></div>`;
}

const search = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  async (request) => {
    await late(latency / 1000);
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/images/async") return new Response(null, { status: 404 });
    return new Response(resultPage(searchParams), { headers: { "content-type": "text/html" } });
  },
);
console.log(JSON.stringify({ search: `127.0.0.1:${search.addr.port}`, hosts }));
