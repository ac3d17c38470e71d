/** Directives of `X-Robots-Tag` that say: not for machines. */
export const optOutDirectives: readonly string[] = [
  "noai",
  "noimageai",
  "noml",
  "noindex",
  "noimageindex",
  "none",
];

/**
 * The directive by which a host says that this picture is not for machines, or null.
 *
 * Read are the lines of `X-Robots-Tag` (directives behind `name:` only where the name is ours) and
 * `tdm-reservation: 1`.
 *
 * @param options product: the product token of our user agent; directives: those that are minded
 */
export function optOut(
  headerLines: (name: string) => readonly string[],
  { product, directives = optOutDirectives }: {
    product: string;
    directives?: readonly string[];
  },
): string | null {
  for (const line of headerLines("x-robots-tag")) {
    let forUs = true;
    for (const part of line.split(",")) {
      const [, name, rest] = /^\s*([^:\s]+)\s*:(.*)$/.exec(part) ?? [];
      // A colon belongs to a directive with a value, or it ends the name of a user agent.
      const scoped = name !== undefined && !/^(unavailable_after|max-)/i.test(name);
      if (scoped) forUs = name === "*" || name.toLowerCase() === product.toLowerCase();
      const directive = (scoped ? rest ?? "" : part).trim().toLowerCase();
      if (forUs && directives.includes(directive)) return `X-Robots-Tag: ${directive}`;
    }
  }
  return headerLines("tdm-reservation").some((line) => line.trim() === "1")
    ? "tdm-reservation: 1"
    : null;
}
