/** Who we are where nothing else is said: the product token and its version. */
export const defaultUserAgent = "generating-fake-faces/1.0";

/** The product token of a user agent, by which robots.txt rules and opt-outs name it. */
export function productOf(userAgent = defaultUserAgent): string {
  return userAgent.split("/", 1)[0] ?? userAgent;
}
