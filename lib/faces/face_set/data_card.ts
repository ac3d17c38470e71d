import type { FaceSetRow } from "./face_set_row.ts";

/** What {@linkcode dataCard} says beside the rows. */
export interface DataCardFacts {
  /** Canonical JSON of the selection's parameters. */
  readonly selection: string;
  /** Width and height of the crops in pixels. */
  readonly size: number;
  readonly identitySimilarity: number;
}

/** The README of an exported set, in Markdown: what it is, where it comes from, what it is not for. */
export function dataCard(
  rows: readonly FaceSetRow[],
  { selection, size, identitySimilarity }: DataCardFacts,
): string {
  const count = (key: keyof FaceSetRow) => {
    const groups = Map.groupBy(rows, (row) => row[key] ?? "not stated");
    return [...groups].map(([name, own]) => [String(name), own.length] as const)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  };
  const table = (head: string, counts: readonly (readonly [string, number])[]) =>
    [`| ${head} | faces |`, "|---|---:|"]
      .concat(counts.map(([name, own]) => `| ${name.replaceAll("|", "\\|")} | ${own} |`))
      .join("\n");
  const identities = new Set(rows.map(({ identity }) => identity)).size;
  return `# A set of faces

${rows.length} crops of ${size} x ${size} pixels, each with the eyes on one level, and what is known
of each.

- \`images/\`: the crops, PNG
- \`faces.jsonl\`, \`faces.parquet\`: one row for each crop, the same in both

${table("split", count("split"))}

Faces whose embeddings have a cosine similarity of ${identitySimilarity} or more count as one
identity: ${identities} in all, and none of them is on both sides of the split. Two photographs of
one person that look less alike than that count as two.

## Where the pictures come from

${table("engine", count("engine"))}

${table("licence", count("licence"))}

The rights to a picture are its author's. \`attribution\`, \`url\` and \`page_url\` name the source of
each. A licence that is not stated is no licence: such pictures may be fit for study on one's own
machine, and for no more.

## How they were chosen

${"```json"}
${JSON.stringify(withoutText(JSON.parse(selection)), null, 2)}
${"```"}

\`p_woman_...\` are probabilities of networks that were trained on photographs which other people had
sorted into two boxes. They are a **predicted presentation**, not anybody's gender. \`age_...\` are
apparent ages, which are too low by years for many adults; a gate on them drops most children's
faces and cannot be trusted to drop all.

## What it is for, and what it is not

For learning how generative models work. Not for recognizing, tracking or judging people, nor for
pictures that pass for a real person. Groups that the networks misread are missing here more often
than others, and whoever trains on the set passes that on.
`;
}

/** The parameters with those of the normalization as an object, not as text inside text. */
function withoutText({ normalization, ...rest }: Record<string, unknown>) {
  return { ...rest, normalization: JSON.parse(String(normalization)) };
}
