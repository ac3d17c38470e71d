import sharp from "sharp";

/** Answers a request; the URL has the name of the host that was asked. */
export type Handler = (request: Request, url: URL) => Response | Promise<Response>;

/** A small web on one loopback port, whose hosts are told apart by name. */
export interface FixtureWeb extends AsyncDisposable {
  /** For the option `connectTo`. */
  readonly connectTo: Record<string, string>;
  /** "host/path?query" of every request so far. */
  readonly requests: string[];
  /** Headers of the newest request of every "host/path?query". */
  readonly headers: Map<string, Headers>;
}

/**
 * Serves the hosts; one that is a string answers every connection with these bytes and closes it.
 * Paths below /.well-known/ have handlers of their own: "a.example/.well-known/tdmrep.json".
 */
export function serveFixture(hosts: Record<string, Handler | string>): FixtureWeb {
  const requests: string[] = [];
  const headers = new Map<string, Headers>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const url = new URL(request.url);
    const key = url.host + url.pathname + url.search;
    const handler = hosts[url.pathname.startsWith("/.well-known/") ? key : url.host];
    if (!handler && url.host in hosts) return new Response(null, { status: 404 });
    requests.push(key);
    headers.set(key, request.headers);
    return typeof handler === "function"
      ? handler(request, url)
      : new Response(null, { status: 404 });
  });
  const connectTo: Record<string, string> = {};
  const raw: Deno.Listener[] = [];
  for (const [host, handler] of Object.entries(hosts)) {
    if (host.includes("/")) continue;
    if (typeof handler === "function") connectTo[host] = `127.0.0.1:${server.addr.port}`;
    else {
      const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      connectTo[host] = `127.0.0.1:${listener.addr.port}`;
      raw.push(listener);
      answerAll(listener, handler, (line) => requests.push(host + line));
    }
  }
  return {
    connectTo,
    requests,
    headers,
    [Symbol.asyncDispose]: async () => {
      for (const listener of raw) listener.close();
      await server.shutdown();
    },
  };
}

/** A host that has no robots.txt; all other paths are the handler's. */
export function withoutRobots(handler: Handler): Handler {
  return (request, url) =>
    url.pathname === "/robots.txt" ? new Response(null, { status: 404 }) : handler(request, url);
}

async function answerAll(
  listener: Deno.Listener,
  bytes: string,
  onRequest: (path: string) => void,
): Promise<void> {
  for await (const connection of listener) {
    const buffer = new Uint8Array(4096);
    const count = await connection.read(buffer) ?? 0;
    const path = new TextDecoder().decode(buffer.subarray(0, count)).split(" ")[1] ?? "";
    const answer = /^\/(robots\.txt$|\.well-known\/)/.test(path)
      ? "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"
      : bytes;
    if (answer === bytes) onRequest(path);
    await connection.write(new TextEncoder().encode(answer));
    connection.close();
  }
}

/** A picture of coloured noise blobs that looks like no other with another seed. */
export function picture(
  seed: number,
  { width = 320, height = 360, format = "jpeg", quality = 85 }: {
    width?: number;
    height?: number;
    format?: "jpeg" | "png" | "webp";
    quality?: number;
  } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  let state = seed * 2654435761 + 1;
  const small = Uint8Array.from({ length: 8 * 9 * 3 }, () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    return (state >>> 24) & 255;
  });
  return sharp(small, { raw: { width: 8, height: 9, channels: 3 } })
    .resize(width, height, { kernel: "cubic", fit: "fill" })
    .toFormat(format, { quality })
    .toBuffer()
    .then((buffer) => new Uint8Array(buffer));
}

/** A result page in Google's plain format. */
export function googlePage(
  results: readonly { url: string; page?: string; title?: string; id?: string }[],
): string {
  const rows = results.map(({ url, page = "http://blog.example/p", title = "t", id = "abc" }) => {
    const target = new URLSearchParams({
      imgurl: url,
      imgrefurl: page,
      w: "640",
      h: "800",
      tbnid: id,
    });
    return `<tr><td><a href="/imgres?${
      target.toString().replaceAll("&", "&amp;")
    }"><img alt=""></a></td>
      <td><a href="${page}"><span>${title}</span><span>blog.example</span></a></td></tr>`;
  });
  const body = rows.length > 0
    ? `<table>${rows.join("")}</table>`
    : "<p>Your search - <b>x</b> - did not match any image results.</p>";
  return `<!DOCTYPE html><html><body>${body}${"<!-- filler -->".repeat(200)}</body></html>`;
}

/** A fragment in the format of Bing's /images/async. */
export function bingPage(
  results: readonly { url: string; page?: string; title?: string; size?: string }[],
): string {
  const items = results.map(
    ({ url, page = "http://blog.example/p", title = "t", size = "640 x 800" }) => {
      const data = JSON.stringify({
        murl: url,
        purl: page,
        turl: "http://thumbs.example/1",
        desc: "d",
      })
        .replaceAll("&", "&amp;").replaceAll('"', "&quot;");
      return `<li><div class="imgpt"><a class="iusc" m="${data}"></a><span>${size} · jpeg</span></div>
      <div class="infnmpt"><a href="${page}">${title}</a></div></li>`;
    },
  );
  return `<ul class="dgControl_list">${items.join("")}</ul>`;
}

/** An answer in the format of Baidu's /search/acjson. */
export function baiduPage(
  results: readonly { url?: string; objURL?: string; page?: string; title?: string }[],
): string {
  const data = results.map(({ url, objURL, page = "http://blog.example/p", title = "t" }) => ({
    ...(url ? { replaceUrl: [{ ObjURL: url, FromURL: page }] } : {}),
    ...(objURL ? { objURL } : {}),
    thumbURL: "http://thumbs.example/1",
    fromPageTitle: title,
    width: 640,
    height: 800,
  }));
  return JSON.stringify({ listNum: data.length, data: [...data, {}] }).replaceAll("'", "\\'");
}

/** Bytes sent as a JPEG. */
export const jpeg = (
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Response => new Response(bytes, { headers: { "content-type": "image/jpeg", ...headers } });
