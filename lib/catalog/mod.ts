/**
 * The catalogue: one SQLite file that says where every picture and every face came from, what became
 * of it and why. Stages read it and write it; a stage that was killed goes on from what is here.
 *
 * @module
 */
export { canonicalJson } from "./canonical_json.ts";
export { Catalog, openCatalog } from "./catalog.ts";
export type { Compliance, ComplianceRule } from "./compliance.ts";
export type { Box, FaceRow, NewFace, Normalization, NormalizationRow, Point } from "./faces.ts";
export type { EngineFates } from "./fates.ts";
export type { Removed, Takedown } from "./forget.ts";
export type { FunnelOptions, FunnelStage, FunnelStep } from "./funnel.ts";
export type { JudgedFace, Judgement } from "./judgements.ts";
export type { Lineage } from "./lineage.ts";
export type { ManifestRow } from "./manifest.ts";
export { parquetTable, type ParquetType } from "./parquet_table.ts";
export type { Pause } from "./pauses.ts";
export type { OriginRow, PictureOutcome, PictureRow, PictureStatus } from "./pictures.ts";
export type {
  NewCandidate,
  NewPage,
  NewQuery,
  QueryOutcome,
  QueryRow,
  QueryStatus,
  SavedPage,
} from "./queries.ts";
export type { Forgotten } from "./tombstones.ts";
export type { Selection } from "./selections.ts";
export { removeCatalog } from "./remove_catalog.ts";
export type { Visits } from "./visits.ts";
export { writeManifest } from "./write_manifest.ts";
