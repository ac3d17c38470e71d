/**
 * Works through a list in order with up to `depth` pieces in the making, so that reading the next
 * one goes on while the present one is computed. Results come in the order of the list.
 */
export async function* ahead<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  depth = 2,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = [];
  let next = 0;
  while (next < items.length || started.length > 0) {
    while (next < items.length && started.length < depth) {
      const result = work(items[next++]!);
      // Awaited in its turn below; until then, or when nobody asks any more, no error is lost twice.
      result.catch(() => {});
      started.push(result);
    }
    yield await started.shift()!;
  }
}
