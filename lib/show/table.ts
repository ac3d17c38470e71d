import { Drawing } from "./drawing.ts";
import { formatNumber } from "./number_format.ts";
import { escapeXml } from "./svg.ts";

/** How a table is written. */
export interface TableOptions<Row> {
  /** The columns in their order, or a heading for each column by its key. Default: all keys. */
  readonly columns?: readonly (keyof Row & string)[] | Readonly<Partial<Record<keyof Row, string>>>;
  /** A line above the table. */
  readonly title?: string;
  /** Significant digits of numbers that are not whole. Default: 4. */
  readonly digits?: number;
}

/**
 * Rows as a table: HTML, with twins in Markdown and plain text. Numbers, written out or not, stand at
 * the right; null and undefined read as a dash.
 */
export function table<Row extends object>(
  rows: readonly Row[],
  options: TableOptions<Row> = {},
): Drawing {
  const { columns, title, digits = 4 } = options;
  const keys: string[] = Array.isArray(columns)
    ? [...columns]
    : columns
    ? Object.keys(columns)
    : [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const headings = keys.map((key) =>
    columns && !Array.isArray(columns) ? (columns as Record<string, string>)[key] ?? key : key
  );
  const value = (row: Row, key: string): unknown => (row as Record<string, unknown>)[key];
  const cells = rows.map((row) => keys.map((key) => cellText(value(row, key), digits)));
  const right = keys.map((key) =>
    rows.length > 0 && rows.every((row) => isNumeric(value(row, key)))
  );
  const plain = plainTable(headings, cells, right);
  return new Drawing({
    text: title ? `${title}\n${plain}` : plain,
    make: () => Promise.resolve([]),
    data: {
      "text/html": htmlTable(headings, cells, right, title),
      "text/markdown": markdownTable(headings, cells, right, title),
    },
  });
}

/** Numbers, and texts that are nothing but a number with its unit: "97.4 %", "0.80", "12 s". */
function isNumeric(value: unknown): boolean {
  return value === null || value === undefined || typeof value === "number" ||
    typeof value === "bigint" ||
    (typeof value === "string" && /^[-−+]?[\d,]+(\.\d+)?( ?(%|s|dB|px|MB))?$/.test(value));
}

function cellText(value: unknown, digits: number): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return formatNumber(value, digits);
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function htmlTable(
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  right: readonly boolean[],
  title: string | undefined,
): string {
  // Jupyter's style overrules the attribute; where pages strip styles, as code hosts do, it holds.
  const write = (name: string) => (text: string, column: number) => {
    const side = right[column] ? "right" : "left";
    const content = escapeXml(text).replaceAll("\n", "<br>");
    return `<${name} align="${side}" style="text-align:${side}">${content}</${name}>`;
  };
  const caption = title === undefined
    ? ""
    : `<caption align="top"><b>${escapeXml(title)}</b></caption>`;
  const body = cells.map((row) => `<tr>${row.map(write("td")).join("")}</tr>`);
  return `<table>${caption}<thead><tr>${headings.map(write("th")).join("")}</tr></thead>` +
    `<tbody>${body.join("")}</tbody></table>`;
}

function markdownTable(
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  right: readonly boolean[],
  title: string | undefined,
): string {
  const escape = (text: string) =>
    text.replace(/[\\|`*_<>[\]]/g, "\\$&").replaceAll("\r", "").replaceAll("\n", " ");
  const line = (row: readonly string[]) => `| ${row.map(escape).join(" | ")} |`;
  const rule = `| ${right.map((isRight) => isRight ? "---:" : "---").join(" | ")} |`;
  const lines = [line(headings), rule, ...cells.map(line)];
  return (title === undefined ? "" : `**${escape(title)}**\n\n`) + lines.join("\n");
}

function plainTable(
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  right: readonly boolean[],
): string {
  const lines = [headings, ...cells].map((row) => row.map((cell) => cell.replace(/\s+/g, " ")));
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => columnsOf(line[column] ?? "")))
  );
  return lines.map((line) =>
    line.map((cell, column) => {
      const space = " ".repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)));
      return right[column] ? space + cell : cell + space;
    }).join("  ").trimEnd()
  ).join("\n");
}

/** Columns that text takes in a terminal, where Hangul, Kana and Chinese characters take two. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u
        .test(character)
      ? 2
      : 1;
  }
  return columns;
}
