/** SQLite's result code SQLITE_FULL. */
const sqliteFull = 13;

/** The error itself, or, where the disk is full, one that says so and what to do. */
export function explainFullDisk(error: unknown, folder: string): unknown {
  const { code, errcode } = error as { code?: string; errcode?: number };
  if (code !== "ENOSPC" && errcode !== sqliteFull) return error;
  return new Error(
    `The disk that holds ${folder} is full: make room and start the crawl again, it goes on ` +
      "where it stopped",
    { cause: error },
  );
}
