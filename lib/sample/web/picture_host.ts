import type { PlannedLink } from "../plan.ts";
import type { TruthPicture } from "../truth_picture.ts";
import { hostName, movedHost } from "./host_names.ts";
import { licenceOf } from "./licence.ts";
import { escapeHtml, htmlResponse } from "./listing.ts";
import type { PictureLibrary } from "./picture_library.ts";

/** Looks a link up by host and path (with its query), or by the page that shows the picture. */
export interface LinkTable {
  byPath(host: string, path: string): PlannedLink | undefined;
  byPage(host: string, page: string): PlannedLink | undefined;
}

/** Answers a request to a host with pictures. */
export async function pictureAnswer(
  request: Request,
  host: string,
  { links, library, slowSeconds }: {
    links: LinkTable;
    library: PictureLibrary;
    slowSeconds: number;
  },
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const shown = links.byPage(host, pathname);
  if (shown) return postPage(shown);
  const link = links.byPath(host, pathname + search);
  const picture = link && library.find(link.picture);
  if (!picture || link.trap === "missing") return htmlResponse("Not found", { status: 404 });
  switch (link.trap) {
    case "html":
      return logInPage(link);
    case "empty":
      return pictureResponse(new Uint8Array(), picture);
    case "moved":
      // The archive serves the same path without a trap of its own.
      if (host !== movedHost) {
        const location = `http://${hostName(movedHost)}${pathname}${search}`;
        return new Response(null, { status: 302, headers: { location } });
      }
      break;
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, slowSeconds * 1000));
      break;
  }
  const bytes = await library.read(picture);
  const whole = link.trap === "truncated" ? bytes.subarray(0, bytes.length >> 1) : bytes;
  return pictureResponse(whole, picture, link.trap === "noai");
}

function pictureResponse(
  bytes: Uint8Array<ArrayBuffer>,
  { format }: TruthPicture,
  optedOut = false,
): Response {
  return new Response(bytes, {
    headers: {
      "content-type": `image/${format}`,
      ...(optedOut ? { "x-robots-tag": "noai, noimageai" } : {}),
    },
  });
}

/** A web page in place of a picture: some hosts send it as what it is, others as a picture. */
function logInPage({ id }: PlannedLink): Response {
  const page = htmlResponse("<!DOCTYPE html><title>Log in</title><p>Please log in to see this.");
  if (Number(id.at(-1)) % 2 === 0) page.headers.set("content-type", "image/jpeg");
  return page;
}

/** The page that shows a picture: what an engine links to beside the picture itself. */
function postPage(link: PlannedLink): Response {
  const { title, path } = link;
  const licence = licenceOf(link);
  const terms = licence
    ? `<p>Photo: ${escapeHtml(licence.author)}, <a rel="license" href="${
      escapeHtml(licence.url)
    }">` +
      `${escapeHtml(licence.name)}</a></p>`
    : "<p>All rights reserved.</p>";
  return htmlResponse(
    `<!DOCTYPE html><title>${escapeHtml(title)}</title><h1>${escapeHtml(title)}</h1>` +
      `<img src="${escapeHtml(path)}" alt="">${terms}`,
  );
}
