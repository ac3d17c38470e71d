import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  type Catalog,
  type JudgedFace,
  type ManifestRow,
  parquetTable,
} from "../../catalog/mod.ts";
import { type Progress, splitByGroup } from "../../run/mod.ts";
import { identitiesAmong } from "../identities.ts";
import { sameIdentity } from "../select.ts";
import { readCrop } from "../selected_crops.ts";
import { selectedJudgements } from "../selected_judgements.ts";
import { dataCard } from "./data_card.ts";
import { columnType, type FaceSetRow } from "./face_set_row.ts";

/** Parameters of {@linkcode exportFaces}. */
export interface ExportOptions {
  /** Folder of the set. It must be new, empty, or an earlier set, which is replaced. */
  readonly folder: string;
  /** Settings of the selection, as `select` returns them. */
  readonly selection: string;
  /** Share of the faces that is held out. Default: 0.1. */
  readonly heldOut?: number;
  /** Seed of the split. Default: 1. */
  readonly seed?: number;
  /** Cosine similarity of two faces of one identity. Default: {@linkcode sameIdentity}. */
  readonly identitySimilarity?: number;
}

/**
 * Writes the faces that a selection keeps as files that need nothing of this project: crops, one
 * table as JSONL and as Parquet, and a README that says what they are. The folder appears whole or
 * not at all. After a `catalog.forget`, export again: the set is replaced, and nothing of what was
 * taken down is left in it.
 *
 * @throws Error where the folder holds something else, where a crop cannot be read, or where the
 * selection keeps nobody: then an earlier set is removed
 */
export async function* exportFaces(
  catalog: Catalog,
  options: ExportOptions,
  signal?: AbortSignal,
): AsyncGenerator<Progress> {
  const began = performance.now();
  const { folder, selection, identitySimilarity = sameIdentity } = options;
  const judged = selectedJudgements(catalog, selection);
  await refuseForeign(folder);
  if (judged.length === 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Error("The selection keeps nobody: there is nothing to export, and no set is left");
  }
  const rows = faceSetRows(catalog, judged, options);
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await Deno.mkdir(join(part, "images"), { recursive: true });
  const report = (done: number): Progress => ({
    what: "Exporting",
    done,
    total: rows.length,
    unit: "faces",
    seconds: (performance.now() - began) / 1000,
  });
  for (const [index, { file }] of rows.entries()) {
    if (index % 50 === 0) {
      yield report(index);
      if (signal?.aborted) return await rm(part, { recursive: true, force: true });
    }
    await Deno.copyFile(catalog.resolve(judged[index]!.face.crop!), join(part, file));
  }
  const { width } = await readCrop(catalog, judged[0]!.face);
  const lines = rows.map((row) => JSON.stringify(row) + "\n");
  await Deno.writeTextFile(join(part, "faces.jsonl"), lines.join(""));
  await Deno.writeFile(join(part, "faces.parquet"), parquet(rows));
  await Deno.writeTextFile(
    join(part, "README.md"),
    dataCard(rows, { selection, size: width, identitySimilarity }),
  );
  await rm(folder, { recursive: true, force: true });
  await Deno.rename(part, folder);
  yield report(rows.length);
}

/** The rows of a set, in the order of its faces. */
function faceSetRows(
  catalog: Catalog,
  judged: readonly JudgedFace[],
  { heldOut = 0.1, seed = 1, identitySimilarity = sameIdentity }: ExportOptions,
): FaceSetRow[] {
  const groups = identitiesAmong(judged, identitySimilarity);
  const split = splitByGroup(groups, { heldOut: Math.round(heldOut * judged.length), seed });
  const isHeldOut = new Set(split.heldOut);
  const origins = new Map(catalog.manifest().map((row) => [row.sha256, row]));
  return judged.map((row, position) => ({
    file: `images/${row.face.pictureSha256.slice(0, 16)}-${row.face.position}.png`,
    split: isHeldOut.has(position) ? "held-out" : "training",
    identity: groups[position]!,
    ...describe(row, origins.get(row.face.pictureSha256)),
  }));
}

function describe(
  { face, judgements }: JudgedFace,
  origin: ManifestRow | undefined,
): Omit<FaceSetRow, "file" | "split" | "identity"> {
  const named = <Value>(prefix: string, entries: readonly (readonly [string, Value])[]) =>
    Object.fromEntries(entries.map(([name, value]) => [`${prefix}_${name}`, value]));
  const models = Object.entries(judgements);
  return {
    picture_sha256: face.pictureSha256,
    position: face.position,
    url: origin?.url ?? null,
    page_url: origin?.page_url ?? null,
    engine: origin?.engine ?? null,
    keyword: origin?.keyword ?? null,
    rank: origin?.rank ?? null,
    title: origin?.title ?? null,
    author: origin?.author ?? null,
    licence: origin?.licence ?? null,
    licence_url: origin?.licence_url ?? null,
    attribution: origin?.attribution ?? null,
    yaw: face.yaw,
    pitch: face.pitch,
    roll: face.roll,
    confidence: face.confidence,
    transform: face.transform && JSON.stringify(face.transform),
    landmarks: JSON.stringify(face.landmarks),
    ...named("quality", Object.entries(face.quality)),
    ...named("p_woman", models.map(([name, { pWoman }]) => [name, pWoman])),
    ...named("age", models.flatMap(([name, { age }]) => age === null ? [] : [[name, age]])),
  };
}

function parquet(rows: readonly FaceSetRow[]): Uint8Array {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof FaceSetRow)[];
  return parquetTable(rows, names.map((name) => [name, columnType(name)] as const));
}

/** Only what looks like an earlier set may be replaced. */
async function refuseForeign(folder: string): Promise<void> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    if (names.length === 0 || names.includes("faces.jsonl")) return;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw new Error(`${basename(folder)} holds files that are no set of faces: name another folder`);
}
