/** Cuts a list into pieces of `length`, in order; the last one may be shorter. */
export function pieces<Item>(items: readonly Item[], length: number): Item[][] {
  return Array.from(
    { length: Math.ceil(items.length / length) },
    (_, piece) => items.slice(length * piece, length * (piece + 1)),
  );
}
