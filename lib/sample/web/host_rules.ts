import { disallowedFolder, type PictureHost } from "../plan_links.ts";

/** The robots.txt of hosts with pictures. */
export const robotsTxt = `User-agent: *\nDisallow: ${disallowedFolder}\n`;

/** The host that says the same by the TDM Reservation Protocol in place of robots.txt. */
export const reservingHost: PictureHost = "blog";

/** Answers a request for a file that says what a visitor may take; null where it is none. */
export function rulesAnswer(request: Request, host: string): Response | null {
  switch (new URL(request.url).pathname) {
    case "/robots.txt":
      return new Response(host === reservingHost ? "" : robotsTxt);
    case "/.well-known/tdmrep.json":
      return host === reservingHost
        ? Response.json([{ location: disallowedFolder, "tdm-reservation": 1 }])
        : new Response(null, { status: 404 });
    default:
      return null;
  }
}
