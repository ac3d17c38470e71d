import type { JudgedFace } from "../catalog/mod.ts";
import { answerOf, wilsonInterval } from "./agreement.ts";

/** Ranges of a number, with names to read. */
export interface Ranges {
  readonly names: readonly string[];
  /** Name of the range that a value lies in; null for null. */
  nameOf(value: number | null | undefined): string | null;
}

/**
 * The ranges between edges: "below 10°", "10 to 20°", "20° and more".
 *
 * @param edges in ascending order; a value at an edge belongs to the upper range
 */
export function rangesBetween(edges: readonly number[], unit = ""): Ranges {
  const names = [
    `below ${edges[0]}${unit}`,
    ...edges.slice(1).map((edge, index) => `${edges[index]} to ${edge}${unit}`),
    `${edges.at(-1)}${unit} and more`,
  ];
  return {
    names,
    nameOf: (value) =>
      value === null || value === undefined
        ? null
        : names[edges.filter((edge) => value >= edge).length]!,
  };
}

/** How often something holds in one part of the faces. */
export interface PartShare {
  readonly part: string;
  readonly count: number;
  readonly total: number;
  readonly share: number;
  /** Wilson's 95 % interval of the share. */
  readonly interval: readonly [number, number];
}

/**
 * How often something holds in each part of some rows; parts without a row are left out.
 *
 * @param partOf name of a row's part; rows with null are in none
 * @param parts names in the order of the result. Default: as they come
 */
export function sharesByPart<Row>(
  rows: readonly Row[],
  { partOf, holds, parts }: {
    readonly partOf: (row: Row) => string | null;
    readonly holds: (row: Row) => boolean;
    readonly parts?: readonly string[];
  },
): PartShare[] {
  const groups = Map.groupBy(rows, partOf);
  return (parts ?? [...groups.keys()].filter((part) => part !== null)).flatMap((part) => {
    const own = groups.get(part) ?? [];
    if (own.length === 0) return [];
    const [count, total] = [own.filter(holds).length, own.length];
    return [{ part, count, total, share: count / total, interval: wilsonInterval(count, total) }];
  });
}

/** Whether models give different answers to a face; one that was not asked has none. */
export function modelsDiffer(
  { judgements }: Pick<JudgedFace, "judgements">,
  models: readonly string[],
): boolean {
  const answers = models.flatMap((model) => {
    const judgement = judgements[model];
    return judgement ? [answerOf(judgement.pWoman)] : [];
  });
  return new Set(answers).size > 1;
}
