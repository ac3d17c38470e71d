import type { JudgedFace } from "../catalog/mod.ts";

/** What a model's answer comes to. */
export type Answer = "woman" | "man" | "unknown";

/** A probability as an answer: unknown stays unknown, else the likelier of the two. */
export function answerOf(pWoman: number | null | undefined): Answer {
  if (pWoman === null || pWoman === undefined) return "unknown";
  return pWoman >= 0.5 ? "woman" : "man";
}

/** How often two models give which answers. */
export interface Agreement {
  readonly answers: readonly Answer[];
  /** `counts[i][j]`: the first model answers `answers[i]`, the second one `answers[j]`. */
  readonly counts: readonly (readonly number[])[];
  /** Share of faces on which both give the same answer. */
  readonly observed: number;
  /** Cohen's kappa: agreement beyond chance, 1 at best, 0 where it is no better than chance. */
  readonly kappa: number;
}

/**
 * Compares two models' answers on the same faces. Cohen's kappa is (o - e) / (1 - e) with o the
 * observed agreement and e the one that two models with these shares of answers would reach by
 * chance (Cohen 1960). Two models that always give one and the same answer have no kappa: NaN.
 */
export function agreement(
  judged: readonly JudgedFace[],
  [first, second]: readonly [string, string],
): Agreement {
  const answers: Answer[] = ["woman", "man", "unknown"];
  const counts = answers.map(() => answers.map(() => 0));
  for (const { judgements } of judged) {
    const row = answers.indexOf(answerOf(judgements[first]?.pWoman));
    const column = answers.indexOf(answerOf(judgements[second]?.pWoman));
    counts[row]![column]!++;
  }
  const share = (count: number) => count / judged.length;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const observed = share(sum(answers.map((_, index) => counts[index]![index]!)));
  const chance = sum(
    answers.map((_, index) =>
      share(sum(counts[index]!)) * share(sum(counts.map((row) => row[index]!)))
    ),
  );
  return { answers, counts, observed, kappa: (observed - chance) / (1 - chance) };
}

/**
 * Wilson's interval for a share: where the true share lies when `count` of `total` were seen. It
 * stays inside [0, 1] and is honest for small numbers.
 *
 * @param z 1.96 for 95 %
 */
export function wilsonInterval(count: number, total: number, z = 1.96): [number, number] {
  if (total === 0) return [0, 1];
  const share = count / total;
  const spread = z * Math.sqrt(share * (1 - share) / total + z * z / (4 * total * total));
  const centre = share + z * z / (2 * total);
  const scale = 1 + z * z / total;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
