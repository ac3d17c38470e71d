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

/** The search engines of the sample web; each answers at the host of its name. */
export const sampleEngines = [
  "google",
  "bing",
  "baidu",
  "naver",
  "duckduckgo",
  "openverse",
  "wikimedia",
] as const;

/** Name of an engine of the sample web. */
export type SampleEngine = typeof sampleEngines[number];
