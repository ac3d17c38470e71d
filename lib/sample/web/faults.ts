import { spiderAnswer } from "./baidu.ts";
import { hostName, type SampleEngine } from "./host_names.ts";
import { htmlResponse } from "./listing.ts";

/**
 * How an engine can refuse to answer.
 *
 * - `too-many-requests`: 429 with `Retry-After: 1`
 * - `captcha`: the redirect (or the answer) by which the engine asks for a captcha
 * - `consent`: a redirect to a consent page, as Google's
 * - `changed-format`: a page that looks like a page and has none of the expected elements
 */
export type EngineFault = "too-many-requests" | "captcha" | "consent" | "changed-format";

/** What an engine answers while a fault is switched on. */
export function faultAnswer(engine: SampleEngine, fault: EngineFault): Response {
  switch (fault) {
    case "too-many-requests":
      return htmlResponse("Too many requests", { status: 429, headers: { "retry-after": "1" } });
    case "captcha":
      if (engine === "baidu") return spiderAnswer();
      return redirect(
        engine === "google"
          ? `http://${hostName("google")}/sorry/index?continue=search`
          : `http://${hostName(engine)}/challenge/captcha`,
      );
    case "consent":
      return redirect(`http://consent.${hostName(engine)}/ml?continue=search`);
    case "changed-format":
      return htmlResponse(
        `<!DOCTYPE html><title>Images</title><main>${"<c-tile></c-tile>".repeat(200)}</main>`,
      );
  }
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}
