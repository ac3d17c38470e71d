/** Elements that have no end, or whose end the next of their kind is: they do not nest. */
const flat = new Set(
  ("area base br col embed hr img input link meta source track wbr " +
    "p li dd dt option optgroup tr td th thead tbody tfoot").split(" "),
);

/**
 * How deep elements are nested in HTML at most, or somewhat more: every element that has not been
 * closed by its own end counts. In one pass over the text and without building a tree, so that a
 * page that would exhaust the stack, or take the parser minutes, is known before.
 */
export function nestingOf(html: string): number {
  const open = new Map<string, number>();
  let depth = 0;
  let deepest = 0;
  for (const [, end, tag] of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9-]*)/g)) {
    const name = tag!.toLowerCase();
    if (flat.has(name)) continue;
    const count = open.get(name) ?? 0;
    if (end && count === 0) continue;
    open.set(name, end ? count - 1 : count + 1);
    depth += end ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
