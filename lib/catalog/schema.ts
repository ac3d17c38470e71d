import type { DatabaseSync } from "node:sqlite";

/**
 * One step a version: the step at index n brings a catalogue from `user_version` n to n + 1.
 * Published steps are never edited; a change is a new step at the end.
 */
const migrations: readonly string[] = [
  `
  -- One search: an engine, a keyword, its filters; next_page is where paging goes on.
  CREATE TABLE queries (
    id INTEGER PRIMARY KEY,
    engine TEXT NOT NULL,
    keyword TEXT NOT NULL,
    filters TEXT NOT NULL,
    limit_count INTEGER NOT NULL,
    -- Queries of one crawl share a round; pictures of earlier rounds come first.
    round INTEGER NOT NULL,
    next_page INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'open'
      CHECK (status IN ('open', 'done', 'empty', 'blocked', 'failed')),
    reason TEXT,
    detail TEXT,
    started_at TEXT,
    finished_at TEXT,
    UNIQUE (engine, keyword, filters)
  ) STRICT;

  -- One URL, and what became of it.
  CREATE TABLE pictures (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'found'
      CHECK (status IN ('found', 'kept', 'rejected', 'failed')),
    reason TEXT,
    detail TEXT,
    sha256 TEXT,
    file TEXT,
    bytes INTEGER,
    width INTEGER,
    height INTEGER,
    format TEXT,
    perceptual_hash TEXT,
    duplicate_of INTEGER REFERENCES pictures (id),
    fetched_at TEXT
  ) STRICT;
  CREATE INDEX pictures_by_status ON pictures (status, sha256);
  CREATE INDEX pictures_by_duplicate ON pictures (duplicate_of);

  -- Where a search listed a picture: one URL may be listed by several searches.
  CREATE TABLE origins (
    picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    query_id INTEGER NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    page_url TEXT,
    thumbnail_url TEXT,
    title TEXT,
    author TEXT,
    licence TEXT,
    licence_url TEXT,
    stated_width INTEGER,
    stated_height INTEGER,
    PRIMARY KEY (query_id, rank),
    UNIQUE (query_id, picture_id)
  ) STRICT;
  CREATE INDEX origins_by_picture ON origins (picture_id);

  -- What normalization has done with a picture under these settings.
  CREATE TABLE normalizations (
    picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    settings TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('done', 'rejected')),
    reason TEXT,
    detail TEXT,
    PRIMARY KEY (picture_id, settings)
  ) STRICT;

  CREATE TABLE faces (
    id INTEGER PRIMARY KEY,
    picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    settings TEXT NOT NULL,
    position INTEGER NOT NULL,
    x REAL NOT NULL,
    y REAL NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    landmarks TEXT NOT NULL,
    yaw REAL,
    pitch REAL,
    roll REAL,
    confidence REAL,
    quality TEXT NOT NULL,
    transform TEXT,
    crop TEXT,
    reason TEXT,
    UNIQUE (picture_id, settings, position)
  ) STRICT;
  CREATE INDEX faces_by_settings ON faces (settings);

  CREATE TABLE judgements (
    face_id INTEGER NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    p_woman REAL CHECK (p_woman BETWEEN 0 AND 1),
    age REAL,
    embedding BLOB,
    PRIMARY KEY (face_id, model)
  ) STRICT;

  CREATE TABLE selections (
    face_id INTEGER NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
    settings TEXT NOT NULL,
    kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
    reason TEXT,
    PRIMARY KEY (face_id, settings)
  ) STRICT;
  CREATE INDEX selections_by_settings ON selections (settings);
`,
  `
  -- What was taken down: an address, a domain, and the bytes and looks of pictures (hashes only).
  CREATE TABLE tombstones (
    kind TEXT NOT NULL CHECK (kind IN ('url', 'domain', 'sha256', 'look')),
    value TEXT NOT NULL,
    forgotten_at TEXT NOT NULL,
    PRIMARY KEY (kind, value)
  ) STRICT;

  -- Who asked to be left alone, and until when (milliseconds since 1970).
  CREATE TABLE pauses (
    kind TEXT NOT NULL CHECK (kind IN ('engine', 'host')),
    name TEXT NOT NULL,
    until INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (kind, name)
  ) STRICT;

  -- Requests that a host has got, and the least seconds between the starts of two of them.
  CREATE TABLE visits (
    host TEXT PRIMARY KEY,
    requests INTEGER NOT NULL,
    smallest_gap REAL
  ) STRICT;
`,
  `
  -- Probabilities are calibrated from here on: the models are asked again.
  DELETE FROM judgements;
`,
];

/** Brings an opened database to the newest version of the schema. */
export function migrate(database: DatabaseSync): void {
  const row = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (row.user_version > migrations.length) {
    throw new Error(
      `The catalogue has version ${row.user_version}, this code knows up to ${migrations.length}: ` +
        "open it with newer code, or start a new catalogue",
    );
  }
  for (let version = row.user_version; version < migrations.length; version++) {
    database.exec(`BEGIN IMMEDIATE; ${migrations[version]}; PRAGMA user_version = ${version + 1};
      COMMIT`);
  }
}
