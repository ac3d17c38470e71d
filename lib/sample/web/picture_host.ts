import { resolve } from "node:path";
import type { PlannedLink } from "../plan.ts";
import { disallowedFolder } from "../plan_links.ts";
import type { TruthPicture } from "../truth_picture.ts";
import type { World } from "../world.ts";
import { answerFile } from "./answer_file.ts";
import { escapeHtml, htmlResponse } from "./listing.ts";

/** How picture hosts answer. */
export interface PictureHostOptions {
  readonly world: World;
  /** Seconds before a slow link's answer begins. */
  readonly slowSeconds: number;
  /** Base URL of a host. */
  baseOf(host: string): string;
  /** Waits; returns early when the web is shut down. */
  wait(seconds: number): Promise<void>;
}

/** A server of pictures, web pages around them and a robots.txt: one for every picture host. */
export type PictureHost = (host: string, request: Request) => Promise<Response>;

/** The hosts that hold the originals, each link with its trap. */
export function pictureHost(options: PictureHostOptions): PictureHost {
  const { world, baseOf } = options;
  const byPath = new Map<string, PlannedLink>();
  const byPage = new Map<string, PlannedLink>();
  const byMoved = new Map<string, PlannedLink>();
  for (const link of world.plan.links) {
    byPath.set(link.host + link.path, link);
    byPage.set(link.host + link.page, link);
    if (link.trap === "moved") byMoved.set(movedTo(link).join(""), link);
  }
  const pictures = new Map(world.truth.map((picture) => [picture.id, picture]));

  return async (host, request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname === "/robots.txt") return robots(host);
    const page = byPage.get(host + pathname);
    if (page) return pageAround(page, baseOf);
    const moved = byMoved.get(host + pathname);
    const link = moved ?? byPath.get(host + pathname + search);
    const picture = link && pictures.get(link.picture);
    if (!link || !picture) return missing();
    if (link.trap === "moved" && !moved) {
      return new Response(null, {
        status: 301,
        headers: { location: movedTo(link).join("").replace(/^[^/]*/, baseOf) },
      });
    }
    return await answerLink(link, { picture, request, options });
  };
}

/** Host and path at which a moved picture lies now. */
function movedTo({ host, id, path }: PlannedLink): [host: string, path: string] {
  return [host === "mirror" ? "album" : "mirror", `/moved/${id}${path.split("?")[0]}`];
}

async function answerLink(
  link: PlannedLink,
  { picture, request, options }: {
    readonly picture: TruthPicture;
    readonly request: Request;
    readonly options: PictureHostOptions;
  },
): Promise<Response> {
  const { world, slowSeconds, wait } = options;
  switch (link.trap) {
    case "missing":
      return missing();
    case "html":
      return notAPicture(link);
    case "empty":
      return new Response(new Uint8Array(), { headers: { "content-type": "image/jpeg" } });
    case "slow":
      await wait(slowSeconds);
  }
  const whole = await Deno.readFile(resolve(world.folder, picture.file));
  const bytes = link.trap === "truncated" ? whole.subarray(0, whole.length / 2) : whole;
  return answerFile(request, bytes, {
    type: `image/${picture.format}`,
    tag: picture.sha256.slice(0, 16),
    headers: link.trap === "noai" ? { "x-robots-tag": "noai, noimageai" } : {},
  });
}

/** Half of the web pages with a picture's name are sent as what they are, half as pictures. */
function notAPicture({ title, id }: PlannedLink): Response {
  const response = htmlResponse(
    `<!DOCTYPE html><title>${escapeHtml(title)}</title><p>Sign in to see this picture.`,
  );
  if (Number(id.slice(-1)) % 2 === 0) response.headers.set("content-type", "image/jpeg");
  return response;
}

function pageAround(link: PlannedLink, baseOf: (host: string) => string): Response {
  const { title, licence, host, path } = link;
  const rights = licence
    ? `<p>By ${escapeHtml(licence.author)}, <a rel="license" href="${licence.url}">` +
      `${escapeHtml(licence.name)}</a></p>`
    : "";
  return htmlResponse(
    `<!DOCTYPE html><html lang="ko"><title>${escapeHtml(title)}</title>` +
      `<img src="${escapeHtml(baseOf(host) + path)}" alt="${escapeHtml(title)}">${rights}</html>`,
  );
}

/** Two hosts have no robots.txt, which allows everything; the others close one folder. */
function robots(host: string): Response {
  if (host === "blog" || host === "slow") return missing();
  return new Response(`User-agent: *\nDisallow: ${disallowedFolder}\n`, {
    headers: { "content-type": "text/plain" },
  });
}

const missing = () => htmlResponse("<!DOCTYPE html><title>Not found</title>", { status: 404 });
