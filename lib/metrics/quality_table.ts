import type { FaceQuality } from "./face_judge.ts";

/** Names of the measures in tables and scores, with what they are read from. */
const embedderTitles: Readonly<Record<string, string>> = {
  human: "KID, Human",
  faceApi: "KID, face-api",
};

/**
 * The measures of generated faces as plain numbers by name. Precision, recall, density, coverage and
 * authenticity are those that the first embedder sees.
 */
export function qualityMeasures(quality: FaceQuality): Record<string, number> {
  const views = Object.entries(quality.seenBy);
  const [, first] = views[0]!;
  return {
    ...Object.fromEntries(
      views.map(([name, { kernelDistance }]) => [titleOf(name), kernelDistance.value]),
    ),
    "precision": first.precision,
    "recall": first.recall,
    "density": first.density,
    "coverage": first.coverage,
    "authentic": first.authentic,
    "face found": quality.faceFound,
    "P(woman)": quality.pWoman,
  };
}

/** Rows of a table: one for each set of faces, kernel distances with their 95 % intervals. */
export function qualityRows(
  qualities: Readonly<Record<string, FaceQuality>>,
): Record<string, string>[] {
  return Object.entries(qualities).map(([faces, quality]) => {
    const errors = new Map(
      Object.entries(quality.seenBy)
        .map(([name, { kernelDistance }]) => [titleOf(name), kernelDistance.error]),
    );
    const measures = Object.entries(qualityMeasures(quality)).map(([name, value]) => {
      const digits = value >= 10 ? 1 : 2;
      const error = errors.get(name);
      const interval = error === undefined ? "" : ` ± ${(1.96 * error).toFixed(digits)}`;
      return [name, `${value.toFixed(digits)}${interval}`];
    });
    return { faces, ...Object.fromEntries(measures) };
  });
}

function titleOf(embedder: string): string {
  return embedderTitles[embedder] ?? embedder;
}
