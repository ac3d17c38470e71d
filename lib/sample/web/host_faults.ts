import { htmlResponse } from "./listing.ts";

/**
 * What a host with pictures can do wrong with every one of them.
 *
 * - `too-many-requests`: 429 with `Retry-After: 1`
 * - `unavailable`: 503
 * - `stall`: the beginning of a picture, then a byte now and then (a slow loris, the other way round)
 * - `redirect-loop`: a redirect to the same address
 * - `wrong-length`: fewer bytes than promised
 * - `html`: a web page, sent as a picture
 */
export type HostFault =
  | "too-many-requests"
  | "unavailable"
  | "stall"
  | "redirect-loop"
  | "wrong-length"
  | "html";

/** What a host answers to a request for a picture while a fault is switched on. */
export function hostFaultAnswer(fault: HostFault, request: Request): Response {
  switch (fault) {
    case "too-many-requests":
      return htmlResponse("Too many requests", { status: 429, headers: { "retry-after": "1" } });
    case "unavailable":
      return htmlResponse("Service unavailable", { status: 503 });
    case "stall":
      return new Response(trickle(), { headers: { "content-type": "image/jpeg" } });
    case "redirect-loop":
      return new Response(null, { status: 302, headers: { location: request.url } });
    case "wrong-length":
      // A body of known length would correct the header.
      return new Response(ReadableStream.from([startOfJpeg]), {
        headers: { "content-type": "image/jpeg", "content-length": "40000" },
      });
    case "html":
      return htmlResponse("<!DOCTYPE html><title>Moved to our new site</title>", {
        headers: { "content-type": "image/jpeg" },
      });
  }
}

const startOfJpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46);

function trickle(): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setInterval>;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(startOfJpeg);
      timer = setInterval(() => controller.enqueue(new Uint8Array(1)), 100);
    },
    cancel: () => clearInterval(timer),
  });
}
