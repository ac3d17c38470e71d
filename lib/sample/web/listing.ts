/** One result of an image search, in no engine's format. */
export interface Listing {
  /** Names the result on the thumbnail host. */
  readonly thumbnailId: string;
  readonly url: string;
  readonly pageUrl: string;
  readonly thumbnailUrl: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** Host of the page, with its port. */
  readonly host: string;
  /** The open licence that the picture is under, or null. */
  readonly licence: { readonly name: string; readonly url: string; readonly author: string } | null;
}

/** All results of a keyword in the order of rank; none where the keyword is unknown. */
export type Search = (keyword: string) => readonly Listing[];

/** Answers a request to a search engine, or null where the path is none of the engine's. */
export type EngineAnswer = (request: Request, search: Search) => Response | null;

/** Text made safe inside HTML, attribute values included. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replaceAll("'", "&#39;");
}

/** A web page as a response. */
export function htmlResponse(body: string, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", "text/html; charset=utf-8");
  return new Response(body, { ...init, headers });
}

/** A whole number of a query, or the fallback where it is missing or none. */
export function wholeNumber(parameters: URLSearchParams, name: string, fallback: number): number {
  const text = parameters.get(name) ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : fallback;
}
