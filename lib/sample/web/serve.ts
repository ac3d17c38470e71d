import type { PlannedLink } from "../plan.ts";
import { flakyHost, type PictureHost, pictureHosts, slowHost } from "../plan_links.ts";
import type { TruthPicture } from "../truth_picture.ts";
import type { World } from "../world.ts";
import { baiduAnswer } from "./baidu.ts";
import { bingAnswer } from "./bing.ts";
import { duckduckgoAnswer } from "./duckduckgo.ts";
import { type EngineFault, faultAnswer } from "./faults.ts";
import { serveFlakyHost } from "./flaky_host.ts";
import { googleAnswer } from "./google.ts";
import { type HostFault, hostFaultAnswer } from "./host_faults.ts";
import {
  hostName,
  movedHost,
  type SampleEngine,
  sampleEngines,
  thumbnailHost,
} from "./host_names.ts";
import { licenceOf } from "./licence.ts";
import { type EngineAnswer, htmlResponse, type Listing, type Search } from "./listing.ts";
import { naverAnswer } from "./naver.ts";
import { openverseAnswer } from "./openverse.ts";
import { type LinkTable, pictureAnswer } from "./picture_host.ts";
import { PictureLibrary } from "./picture_library.ts";
import { rulesAnswer } from "./host_rules.ts";
import { type ResultLists, resultLists } from "./result_lists.ts";
import { wikimediaAnswer } from "./wikimedia.ts";

/** What may be asked of {@linkcode serveWorld}. */
export interface ServeOptions {
  /** Engines that refuse to answer, and how. They can be changed while the web is served. */
  readonly faults?: Partial<Record<SampleEngine, EngineFault | null>>;
  /** Hosts of pictures that do something wrong. They can be changed while the web is served. */
  readonly hostFaults?: Partial<Record<PictureHost, HostFault | null>>;
  /** Seconds before a slow host answers. Default: 1. */
  readonly slowSeconds?: number;
}

/** A request that the sample web has got. */
export interface SampleRequest {
  /** Full name of the host: `album.sample`. */
  readonly host: string;
  /** Path with its query. */
  readonly path: string;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly time: number;
}

/**
 * A sample world as a web on this machine. Its addresses are names such as `album.sample`, the same
 * in every run; `connectTo` says where each of them is reached.
 */
export interface SampleWeb extends AsyncDisposable {
  /** Base address of each engine, as an engine adapter takes it. */
  readonly endpoints: Readonly<Record<SampleEngine, string>>;
  /** Every host, and the loopback address that answers for it. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Keywords that each engine has results for; any other gets an honest empty answer. */
  readonly keywords: Readonly<Record<SampleEngine, readonly string[]>>;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly SampleRequest[];
  /** What is true of the file with this sha256, or null where it is none of this world's. */
  truthOf(sha256: string): TruthPicture | null;
}

const answers: Readonly<Record<SampleEngine, EngineAnswer>> = {
  google: googleAnswer,
  bing: bingAnswer,
  baidu: baiduAnswer,
  naver: naverAnswer,
  duckduckgo: duckduckgoAnswer,
  openverse: openverseAnswer,
  wikimedia: wikimediaAnswer,
};

/**
 * Serves a world on loopback ports, one for each host: engines with result pages in their own formats,
 * a host for thumbnails, hosts with pictures, a slow one and one that breaks connections.
 * Nothing outside this machine can reach it. Dispose of it when the crawl is over.
 */
export function serveWorld(
  world: World,
  { faults = {}, hostFaults = {}, slowSeconds = 1 }: ServeOptions = {},
): SampleWeb {
  const library = new PictureLibrary(world);
  const links = linkTable(world.plan.links);
  const lists = resultLists(world.plan);
  const connectTo: Record<string, string> = {};
  const servers: AsyncDisposable[] = [];
  const requests: SampleRequest[] = [];
  const log = (host: string, path: string) =>
    requests.push({ host: hostName(host), path, time: performance.now() });
  const onError = (error: unknown) => console.error("The sample web failed:", error);

  const serve = (host: string, answer: (request: Request) => Response | Promise<Response>) => {
    const server = Deno.serve({
      hostname: "127.0.0.1",
      port: 0,
      onListen: () => {},
      onError: (error) => {
        onError(error);
        return new Response("The sample web failed", { status: 500 });
      },
    }, (request) => {
      const { pathname, search } = new URL(request.url);
      log(host, pathname + search);
      return answer(request);
    });
    connectTo[hostName(host)] = `127.0.0.1:${server.addr.port}`;
    servers.push(server);
  };

  for (const engine of sampleEngines) {
    const search = searchOf(lists[engine], links.byId, library);
    serve(engine, (request) => {
      // As with the real ones, robots.txt and the captcha page stay reachable.
      const spared = /^\/(robots\.txt$|sorry\b)/.test(new URL(request.url).pathname);
      const fault = faults[engine];
      if (fault && !spared) return faultAnswer(engine, fault);
      return answers[engine](request, search) ?? htmlResponse("Not found", { status: 404 });
    });
  }
  serve(thumbnailHost, async (request) => {
    const link = links.byId(new URL(request.url).pathname.slice(1));
    const picture = link && library.find(link.picture);
    if (!picture) return htmlResponse("Not found", { status: 404 });
    const body = await library.thumbnail(picture);
    return new Response(body, { headers: { "content-type": "image/jpeg" } });
  });
  for (const host of [...pictureHosts, slowHost, movedHost]) {
    serve(host, (request) => {
      const rules = rulesAnswer(request, host);
      if (rules) return rules;
      const fault = hostFaults[host as PictureHost];
      if (fault) return hostFaultAnswer(fault, request);
      return pictureAnswer(request, host, { links, library, slowSeconds });
    });
  }
  const onRequest = (path: string) => log(flakyHost, path);
  const flaky = serveFlakyHost(flakyHost, { links, library, onRequest, onError });
  connectTo[hostName(flakyHost)] = flaky.address;
  servers.push(flaky);

  const bySha256 = new Map(world.truth.map((picture) => [picture.sha256, picture]));
  const ofEngines = <Value>(value: (engine: SampleEngine) => Value) =>
    Object.fromEntries(sampleEngines.map((engine) => [engine, value(engine)])) as Record<
      SampleEngine,
      Value
    >;
  return {
    endpoints: ofEngines((engine) => `http://${hostName(engine)}`),
    connectTo,
    keywords: ofEngines((engine) => Object.keys(lists[engine])),
    requests,
    truthOf: (sha256) => bySha256.get(sha256) ?? null,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    },
  };
}

function linkTable(links: readonly PlannedLink[]) {
  const byId = new Map(links.map((link) => [link.id, link]));
  const byPath = new Map(links.map((link) => [link.host + link.path, link]));
  const byPage = new Map(links.map((link) => [link.host + link.page, link]));
  const moved = new Map(
    links.filter(({ trap }) => trap === "moved").map((link) => [movedHost + link.path, link]),
  );
  return {
    byId: (id: string) => byId.get(id),
    byPath: (host, path) => byPath.get(host + path) ?? moved.get(host + path),
    byPage: (host, page) => byPage.get(host + page),
  } satisfies LinkTable & { byId(id: string): PlannedLink | undefined };
}

/** A search of one engine: the listings of its keywords, put together when first asked for. */
function searchOf(
  lists: ResultLists,
  linkOf: (id: string) => PlannedLink | undefined,
  library: PictureLibrary,
): Search {
  const known = new Map<string, readonly Listing[]>();
  return (keyword) => {
    const ids = lists[keyword] ?? [];
    const listings = known.get(keyword) ?? ids.flatMap((id) => {
      const link = linkOf(id);
      const picture = link && library.find(link.picture);
      return picture ? [listing(link, picture)] : [];
    });
    known.set(keyword, listings);
    return listings;
  };
}

function listing(link: PlannedLink, { width, height, format }: TruthPicture): Listing {
  const host = hostName(link.host);
  return {
    thumbnailId: link.id,
    url: `http://${host}${link.path}`,
    pageUrl: `http://${host}${link.page}`,
    thumbnailUrl: `http://${hostName(thumbnailHost)}/${link.id}`,
    title: link.title,
    width: link.claimed?.[0] ?? width,
    height: link.claimed?.[1] ?? height,
    format,
    host,
    licence: licenceOf(link),
  };
}
