import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { migrate } from "./schema.ts";

/** Named values of a statement. */
export type Values = Record<string, SQLInputValue>;

/**
 * The opened database: prepared statements are kept by their text, and a transaction is a function
 * that happens entirely or not at all.
 */
export class Store implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens or creates the file and brings it to the newest schema; `:memory:` keeps it in memory. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`
      PRAGMA busy_timeout = 10000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA foreign_keys = ON;
    `);
    migrate(this.#database);
  }

  /** All rows of a query. */
  all<Row>(sql: string, values: Values = {}): Row[] {
    // The rows of node:sqlite have no prototype, which surprises comparisons and printers.
    return this.#prepared(sql).all(values).map((row) => ({ ...row }) as Row);
  }

  /** The rows of a query one after the other, for many of them. */
  *each<Row>(sql: string, values: Values = {}): Generator<Row> {
    for (const row of this.#prepared(sql).iterate(values)) yield row as Row;
  }

  /** The first row of a query, if there is one. */
  get<Row>(sql: string, values: Values = {}): Row | undefined {
    const row = this.#prepared(sql).get(values);
    return row === undefined ? undefined : { ...row } as Row;
  }

  /** Runs a statement; returns how many rows it changed. */
  run(sql: string, values: Values = {}): number {
    return Number(this.#prepared(sql).run(values).changes);
  }

  /** Runs `work` in one transaction, or joins the one that is open. */
  transaction<Result>(work: () => Result): Result {
    if (this.#database.isTransaction) return work();
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    if (!this.#database.isOpen) return;
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
