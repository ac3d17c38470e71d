/**
 * From keywords to pictures: search engines, each in a file of its own, and a crawl that fetches
 * politely and safely what they list.
 *
 * @module
 */
export { candidates, preview, type SearchOptions } from "./candidates.ts";
export type { EnginePauses } from "./circuit_breaker.ts";
export { crawl } from "./crawl.ts";
export type { CrawlOptions } from "./crawl_options.ts";
export {
  type Candidate,
  type Engine,
  EngineError,
  type EngineErrorReason,
  type EngineOptions,
  type Listing,
  type Query,
  type ResultPage,
  type SearchContext,
} from "./engine.ts";
export { baidu } from "./engines/baidu.ts";
export { bing } from "./engines/bing.ts";
export { duckduckgo } from "./engines/duckduckgo.ts";
export { flickr } from "./engines/flickr.ts";
export { folder } from "./engines/folder.ts";
export { google } from "./engines/google.ts";
export { naver } from "./engines/naver.ts";
export { openverse } from "./engines/openverse.ts";
export { urls } from "./engines/urls.ts";
export { wikimedia } from "./engines/wikimedia.ts";
export { FetchFailure } from "./failure.ts";
export {
  type FilterRow,
  type Filters,
  filterTable,
  type FilterWords,
  supportedFilters,
  unsupportedFilters,
} from "./filters.ts";
export type { CrawlQuery } from "./harvest.ts";
export type { HostManners } from "./host_gate.ts";
export { type EngineKeywords, type KeywordSet, keywordSets, queriesOf } from "./keyword_sets.ts";
export { perceptualHash } from "./perceptual_hash.ts";
export type { TextAnswer } from "./search_client.ts";
