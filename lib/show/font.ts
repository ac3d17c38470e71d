import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";

/** The weights that are drawn with. */
export type Weight = 400 | 600;

/**
 * A font of the npm packages that this project installs. A bare machine has no fonts at all, and
 * pictures must not depend on the machine they are drawn on.
 */
class Font {
  /** The font as TrueType bytes. */
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #tables: ReadonlyMap<string, number>;
  readonly #glyphs = new Map<number, number>();

  constructor(packageName: string, readonly name: string) {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve(`${packageName}/package.json`));
    this.bytes = trueTypeFromWoff(readFileSync(join(folder, "files", `${name}.woff`)));
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    this.#tables = tableOffsets(this.#view);
    this.#readCharacterMap();
  }

  /**
   * Path of a file that holds the bytes: the renderer takes fonts by path only, and draws no text
   * without a word where there is none.
   */
  get path(): string {
    return cached(`${this.name}.ttf`, this.bytes);
  }

  /** True where the font has a glyph for the character. */
  has(codePoint: number): boolean {
    return this.#glyphs.has(codePoint);
  }

  /** Width of a line of text in the unit of `size`, kerning left out. */
  width(text: string, size: number): number {
    const unitsPerEm = this.#view.getUint16(this.#offset("head") + 18);
    const metrics = this.#offset("hmtx");
    const last = this.#view.getUint16(this.#offset("hhea") + 34) - 1;
    let units = 0;
    for (const character of text) {
      const glyph = this.#glyphs.get(character.codePointAt(0) ?? 0);
      // What no font has is drawn as a box.
      units += glyph === undefined
        ? unitsPerEm
        : this.#view.getUint16(metrics + 4 * Math.min(glyph, last));
    }
    return units * size / unitsPerEm;
  }

  #offset(table: string): number {
    const offset = this.#tables.get(table);
    if (offset === undefined) throw new Error(`The font has no table "${table}"`);
    return offset;
  }

  // OpenType specification, table "cmap", formats 4 and 12.
  #readCharacterMap(): void {
    const view = this.#view;
    const start = this.#offset("cmap");
    for (let record = 0; record < view.getUint16(start + 2); record++) {
      const table = start + view.getUint32(start + 4 + 8 * record + 4);
      const format = view.getUint16(table);
      if (format === 12) this.#readGroups(table);
      if (format === 4) this.#readSegments(table);
    }
  }

  #readGroups(table: number): void {
    const view = this.#view;
    for (let group = 0; group < view.getUint32(table + 12); group++) {
      const at = table + 16 + 12 * group;
      const first = view.getUint32(at);
      const glyph = view.getUint32(at + 8);
      for (let code = first; code <= view.getUint32(at + 4); code++) {
        this.#glyphs.set(code, glyph + code - first);
      }
    }
  }

  #readSegments(table: number): void {
    const view = this.#view;
    const length = view.getUint16(table + 6);
    for (let segment = 0; segment < length; segment += 2) {
      const end = view.getUint16(table + 14 + segment);
      const first = view.getUint16(table + 16 + length + segment);
      const delta = view.getUint16(table + 16 + 2 * length + segment);
      const rangeAt = table + 16 + 3 * length + segment;
      const range = view.getUint16(rangeAt);
      for (let code = first; code <= end && code < 0xffff; code++) {
        const stored = range === 0 ? code : view.getUint16(rangeAt + range + 2 * (code - first));
        const glyph = stored === 0 ? 0 : (stored + delta) & 0xffff;
        if (glyph !== 0 && !this.#glyphs.has(code)) this.#glyphs.set(code, glyph);
      }
    }
  }
}

const fonts = new Map<string, Font>();

function open(packageName: string, name: string): Font {
  const known = fonts.get(name);
  if (known) return known;
  const opened = new Font(packageName, name);
  fonts.set(name, opened);
  return opened;
}

/** Pretendard, with Latin, Greek and Hangul: the font of everything. */
function pretendard(weight: Weight): Font {
  return open("@fontsource/pretendard", `pretendard-latin-${weight}-normal`);
}

/** QingKe HuangYou, with Chinese characters: for what Pretendard lacks. */
function huangYou(): Font {
  return open(
    "@fontsource/zcool-qingke-huangyou",
    "zcool-qingke-huangyou-chinese-simplified-400-normal",
  );
}

/** Characters beside each other that one font draws. */
export interface Run {
  readonly text: string;
  /** Undefined: the font of everything. */
  readonly family?: string;
}

/** The text in runs of one font each. */
export function runs(text: string): Run[] {
  const result: { text: string; family?: string }[] = [];
  for (const character of text) {
    const family = isCovered(character) ? undefined : "ZCOOL QingKe HuangYou";
    const last = result.at(-1);
    if (last && last.family === family) last.text += character;
    else result.push(family === undefined ? { text: character } : { text: character, family });
  }
  return result;
}

/** Paths of the font files that a text needs, in one weight or in both. */
export function fontFiles(text: string, weights: readonly Weight[] = [400, 600]): string[] {
  const paths = weights.map((weight) => pretendard(weight).path);
  return isCovered(text) ? paths : [...paths, huangYou().path];
}

function isCovered(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x7e && !pretendard(400).has(code)) return false;
  }
  return true;
}

/** Width of a line of text in CSS pixels. */
export function textWidth(text: string, size: number, weight: Weight = 400): number {
  return runs(text).reduce(
    (width, { text, family }) =>
      width + (family === undefined ? pretendard(weight) : huangYou()).width(text, size),
    0,
  );
}

/** The text, or as much of its start as fits into the width, with an ellipsis. */
export function fitText(text: string, width: number, size: number, weight: Weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const characters = [...text];
  while (characters.length > 0) {
    characters.pop();
    const shortened = characters.join("").trimEnd() + "…";
    if (textWidth(shortened, size, weight) <= width) return shortened;
  }
  return "";
}

/** The text in lines that fit into the width; a word that is too long is shortened. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line === "" || textWidth(longer, size) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines.map((line) => fitText(line, width, size));
}

/**
 * The TrueType font inside a WOFF 1.0 file: the same tables, each deflated.
 * https://www.w3.org/TR/WOFF/
 */
function trueTypeFromWoff(woff: Uint8Array): Uint8Array {
  const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (view.getUint32(0) !== 0x774f4646) throw new TypeError("Expected a WOFF 1.0 font");
  const count = view.getUint16(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + 20 * index;
    const [tag, offset, stored, length, checksum] = [0, 4, 8, 12, 16].map((field) =>
      view.getUint32(at + field)
    ) as [number, number, number, number, number];
    const bytes = woff.subarray(offset, offset + stored);
    return { tag, checksum, bytes: stored < length ? new Uint8Array(inflateSync(bytes)) : bytes };
  });
  const header = 12 + 16 * count;
  const size = tables.reduce((sum, { bytes }) => sum + (bytes.length + 3 & ~3), header);
  const result = new Uint8Array(size);
  const out = new DataView(result.buffer);
  const power = Math.floor(Math.log2(count));
  out.setUint32(0, view.getUint32(4));
  out.setUint16(4, count);
  out.setUint16(6, 16 * 2 ** power);
  out.setUint16(8, power);
  out.setUint16(10, 16 * (count - 2 ** power));
  let offset = header;
  tables.forEach(({ tag, checksum, bytes }, index) => {
    const at = 12 + 16 * index;
    out.setUint32(at, tag);
    out.setUint32(at + 4, checksum);
    out.setUint32(at + 8, offset);
    out.setUint32(at + 12, bytes.length);
    result.set(bytes, offset);
    offset += bytes.length + 3 & ~3;
  });
  return result;
}

function tableOffsets(view: DataView): Map<string, number> {
  const offsets = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const at = 12 + 16 * index;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    offsets.set(tag, view.getUint32(at + 8));
  }
  return offsets;
}

function cached(name: string, bytes: Uint8Array): string {
  const folder = fileURLToPath(new URL("../../data/cache/fonts/", import.meta.url));
  const path = join(folder, name);
  if (statSync(path, { throwIfNoEntry: false })?.size === bytes.length) return path;
  mkdirSync(folder, { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, bytes);
  renameSync(part, path);
  return path;
}
