import { parquetWriteBuffer } from "hyparquet-writer";

/** Parquet's type of a column. */
export type ParquetType = "STRING" | "INT32" | "DOUBLE";

/** Rows as the bytes of a Parquet file that has these columns, any of which may lack a value. */
export function parquetTable<Row>(
  rows: readonly Row[],
  columns: readonly (readonly [name: keyof Row & string, type: ParquetType])[],
): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({
    columnData: columns.map(([name, type]) => ({
      name,
      type,
      data: rows.map((row) => row[name] ?? null),
      nullable: true,
    })),
  }));
}
