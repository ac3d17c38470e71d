/**
 * A file's bytes as a host sends them: with their length and an entity tag, and from the middle on
 * where the request's `Range` asks for that ("bytes=1000-").
 */
export function answerFile(
  request: Request,
  bytes: Uint8Array<ArrayBuffer>,
  { type, tag, headers = {} }: {
    readonly type: string;
    readonly tag: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Response {
  const all = { "content-type": type, etag: `"${tag}"`, "accept-ranges": "bytes", ...headers };
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? NaN);
  if (!(start < bytes.length)) return new Response(bytes, { headers: all });
  return new Response(bytes.subarray(start), {
    status: 206,
    headers: { ...all, "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` },
  });
}
