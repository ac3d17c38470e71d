import type { EngineName } from "../plan.ts";

/** Every host of the sample web ends in this: no name of the real web does. */
const domain = ".sample";

/** Full name of a host: `album` is `album.sample`. */
export function hostName(host: string): string {
  return host + domain;
}

/** Host of the engines' thumbnails. */
export const thumbnailHost = "thumbnails";

/** Host that redirected pictures end up on. */
export const movedHost = "archive";

/** Hosts of the three engines. */
export const engineHosts: Readonly<Record<EngineName, string>> = {
  google: "google",
  bing: "bing",
  baidu: "baidu",
};
