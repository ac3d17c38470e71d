import { basename, dirname, join, resolve } from "node:path";
import { mkdirSync, realpathSync } from "node:fs";
import { type Compliance, compliance } from "./compliance.ts";
import { linkDuplicates } from "./duplicates.ts";
import * as face from "./faces.ts";
import * as judgement from "./judgements.ts";
import { type EngineFates, fatesByEngine } from "./fates.ts";
import { forget, type Removed, type Takedown } from "./forget.ts";
import { funnel, type FunnelOptions, type FunnelStep } from "./funnel.ts";
import { type Lineage, lineage } from "./lineage.ts";
import { manifest, type ManifestRow } from "./manifest.ts";
import { type Pause, pauses, savePause } from "./pauses.ts";
import * as picture from "./pictures.ts";
import * as query from "./queries.ts";
import * as selection from "./selections.ts";
import { snapshot } from "./snapshot.ts";
import { Store } from "./store.ts";
import { bare, type Forgotten, forgottenContent } from "./tombstones.ts";
import { addVisits, type Visits } from "./visits.ts";

/**
 * Opens the catalogue at a path, or creates it together with its folder.
 *
 * @example
 * ```ts ignore
 * using catalog = openCatalog(currentRun().path("catalog.sqlite"));
 * console.table(catalog.funnel());
 * ```
 */
export function openCatalog(path: string): Catalog {
  return new Catalog(path);
}

/**
 * All that is known of queries, pictures, faces, judgements and selections. Every method that writes
 * is one transaction. Lists come in an order that does not depend on how they were filled.
 *
 * The bytes lie beside the database: pictures as `pictures/<first two digits>/<sha256>.<format>`,
 * crops below `crops/`. Stored paths are relative to {@linkcode Catalog.folder}.
 */
export class Catalog implements Disposable {
  /** Absolute path of the folder that holds the database and the files. */
  readonly folder: string;
  readonly #store: Store;

  constructor(path: string) {
    const folder = dirname(resolve(path));
    mkdirSync(folder, { recursive: true });
    // node:sqlite opens nothing through a link, as a data folder on another disk may be one.
    this.folder = realpathSync(folder);
    this.#store = new Store(path === ":memory:" ? path : join(this.folder, basename(path)));
  }

  /** Absolute path of a stored, relative one. */
  resolve(relative: string): string {
    return join(this.folder, relative);
  }

  /** Closes the database; the catalogue cannot be used afterwards. */
  [Symbol.dispose](): void {
    this.#store[Symbol.dispose]();
  }

  /**
   * Adds the queries of one crawl, all in one transaction. Known ones stay as they are, except that
   * a larger limit opens a finished one again.
   *
   * @returns the stored queries in the order given
   */
  addQueries(queries: readonly query.NewQuery[]): query.QueryRow[] {
    return query.addQueries(this.#store, queries);
  }

  /** Adds one query; see {@linkcode Catalog.addQueries}. */
  addQuery(newQuery: query.NewQuery): query.QueryRow {
    return this.addQueries([newQuery])[0]!;
  }

  /** All queries by round, engine and keyword. */
  queries(): query.QueryRow[] {
    return query.queries(this.#store);
  }

  /**
   * Stores a result page in one transaction: its pictures, their ranks (counted on from what the
   * query has listed) and the page to read next. A URL that the query has listed before is
   * skipped; a page with more than there is room for is read again when the limit grows.
   */
  saveCandidates(queryId: number, page: query.NewPage): query.SavedPage {
    return query.saveCandidates(this.#store, queryId, page);
  }

  /** Closes a query, or opens it again with status `open`. */
  finishQuery(queryId: number, outcome: query.QueryOutcome): void {
    query.finishQuery(this.#store, queryId, outcome);
  }

  /** Pictures by sha256 (those without bytes last), then URL. */
  pictures(
    options?: { status?: picture.PictureStatus; reason?: string },
  ): picture.PictureRow[] {
    return picture.pictures(this.#store, options);
  }

  /** How many pictures have each status. */
  pictureCounts(): Record<picture.PictureStatus, number> {
    return picture.pictureCounts(this.#store);
  }

  /** Pictures that go on, by sha256: fetched, large enough, no repeats. */
  keptPictures(): picture.PictureRow[] {
    return this.pictures({ status: "kept" });
  }

  /** Pictures with one of the statuses: rank 1 of every query first, then rank 2 of every query. */
  picturesInFairOrder(statuses: readonly picture.PictureStatus[]): picture.PictureRow[] {
    return picture.picturesInFairOrder(this.#store, statuses);
  }

  /** Records what fetching a picture came to; values that are not given become null. */
  recordPicture(pictureId: number, outcome: picture.PictureOutcome): void {
    picture.recordPicture(this.#store, pictureId, outcome);
  }

  /**
   * Links pictures that repeat another one (equal bytes, or hashes that differ in at most
   * `maximumDistance` bits) to the first in the fair order; returns how many they are.
   */
  linkDuplicates(options: { maximumDistance: number }): number {
    return linkDuplicates(this.#store, options);
  }

  /**
   * Takes a picture (`url`: with its copies) or all pictures of a domain down, with everything that
   * was made of them and their files; a crawl refuses them from then on with the reason `forgotten`.
   * What was exported before (a manifest, a set of faces) must be exported again. No stage may be
   * at work. An interrupted call is made good by calling again.
   */
  forget(what: Takedown): Removed {
    return forget(this.#store, this.folder, what);
  }

  /** Whether a file is a copy of a picture that was taken down, and by what it is known; or null. */
  forgottenContent(content: {
    sha256: string;
    perceptualHash: string | null;
    maximumDistance: number;
  }): Forgotten | null {
    return forgottenContent(this.#store, content);
  }

  /** Records that a picture turned out to be one that was taken down. */
  recordForgotten(pictureId: number, detail: Forgotten): void {
    this.#store.transaction(() => bare(this.#store, pictureId, detail));
  }

  /** Kept pictures with source, licence and attribution; write them with `writeManifest`. */
  manifest(): ManifestRow[] {
    return manifest(this.#store);
  }

  /** What became of every engine's results: kept, waiting, or lost for a reason. */
  fatesByEngine(): EngineFates[] {
    return fatesByEngine(this.#store);
  }

  /** What was left alone and by which rule, and how often every host was asked. */
  compliance(): Compliance {
    return compliance(this.#store);
  }

  /** Adds a crawl's requests, host by host, to those before. */
  addVisits(rows: Iterable<Visits>): void {
    addVisits(this.#store, rows);
  }

  /** Remembers that an engine or a host is to be left alone until a time. */
  savePause(pause: Pause): void {
    savePause(this.#store, pause);
  }

  /** Engines or hosts that are to be left alone; pauses that are over are among them. */
  pauses(kind: Pause["kind"]): Pause[] {
    return pauses(this.#store, kind);
  }

  /** Where a picture was listed, or all pictures, by engine, keyword and rank. */
  origins(pictureId?: number): picture.OriginRow[] {
    return picture.origins(this.#store, pictureId);
  }

  /** Kept pictures that normalization with these settings has not seen yet, by sha256. */
  pendingForNormalization(settings: string): picture.PictureRow[] {
    return face.pendingForNormalization(this.#store, settings);
  }

  /** Stores all that normalization says of a picture; it replaces what was there. */
  saveNormalization(pictureId: number, settings: string, result: face.Normalization): void {
    face.saveNormalization(this.#store, pictureId, settings, result);
  }

  /** What normalization with these settings has done, by the picture's sha256. */
  normalizations(settings: string): face.NormalizationRow[] {
    return face.normalizations(this.#store, settings);
  }

  /** Faces under these settings (all, usable or not usable), by the picture's sha256, then position. */
  faces(options: { settings: string; usable?: boolean }): face.FaceRow[] {
    return face.faces(this.#store, options);
  }

  /** Usable faces under these settings that the model has not judged yet. */
  pendingJudgements(settings: string, model: string): face.FaceRow[] {
    return judgement.pendingJudgements(this.#store, settings, model);
  }

  /** Stores what a model says of a face; it replaces what the model said before. */
  saveJudgement(faceId: number, model: string, judged: judgement.Judgement): void {
    judgement.saveJudgement(this.#store, faceId, model, judged);
  }

  /** Stores what a model says of several faces, all or none. */
  saveJudgements(
    model: string,
    judged: readonly (judgement.Judgement & { readonly faceId: number })[],
  ): void {
    this.#store.transaction(() => {
      for (const { faceId, ...rest } of judged) this.saveJudgement(faceId, model, rest);
    });
  }

  /** Every usable face under these settings with what the models have said of it. */
  judgements(settings: string): judgement.JudgedFace[] {
    return judgement.judgements(this.#store, settings);
  }

  /** Stores a whole selection; it replaces the one with the same settings. */
  saveSelections(settings: string, rows: readonly selection.Selection[]): void {
    selection.saveSelections(this.#store, settings, rows);
  }

  /** A selection's faces with their fate. */
  selections(settings: string): { face: face.FaceRow; kept: boolean; reason: string | null }[] {
    return selection.selections(this.#store, settings);
  }

  /** The faces that a selection keeps, by the picture's sha256, then position. */
  selectedFaces(settings: string): face.FaceRow[] {
    return selection.selectedFaces(this.#store, settings);
  }

  /** Counts for every stage and reason, from the search results to the selected faces. */
  funnel(options?: FunnelOptions): FunnelStep[] {
    return funnel(this.#store, options);
  }

  /** Everything that led to a face, back to query, engine and rank. */
  lineage(faceId: number): Lineage {
    return lineage(this.#store, faceId);
  }

  /**
   * The whole content as text without ids, times and absolute paths: equal after an undisturbed run
   * and after one that was killed and resumed.
   */
  snapshot(): string {
    return snapshot(this.#store);
  }
}
