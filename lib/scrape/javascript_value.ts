/** Deepest nesting that is read. */
const mostDepth = 200;

const space = /(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const number = /[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const unescaped = /[^\\'"`]+/y;

/**
 * The value of a JavaScript literal at the beginning of a text, read without running anything:
 * objects with or without quotes around names, arrays, strings in any quotes, numbers, true, false,
 * null and undefined, `!0` and `!1`, `void 0`, comments and trailing commas. What follows is not
 * looked at.
 *
 * @throws SyntaxError where there is something else: a call, an operator, the end of the text
 */
export function javascriptValue(text: string): unknown {
  return new Reader(text).value(0);
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    if (depth > mostDepth) throw this.#error(`nested deeper than ${mostDepth}`);
    const sign = this.#next();
    switch (sign) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
      case "'":
      case "`":
        return this.#string();
      case "!":
        this.#at++;
        return !this.value(depth + 1);
    }
    const digits = this.#match(number);
    if (digits !== null) return Number(digits);
    const name = this.#match(word);
    switch (name) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
      case "undefined":
        return undefined;
      case "void":
        this.value(depth + 1);
        return undefined;
    }
    throw this.#error(`found ${name ?? (sign || "the end")} in place of a value`);
  }

  #object(depth: number): Record<string, unknown> {
    // Without a prototype, so that "__proto__" is a name like any other.
    const object: Record<string, unknown> = Object.create(null);
    this.#list("{", "}", () => {
      const sign = this.#next();
      const name = /["'`]/.test(sign) ? this.#string() : this.#match(word) ?? this.#match(number);
      if (name === null) throw this.#error(`found ${sign || "the end"} in place of a name`);
      if (this.#next() !== ":") throw this.#error("a name without a colon");
      this.#at++;
      object[name] = this.value(depth + 1);
    });
    return object;
  }

  #array(depth: number): unknown[] {
    const array: unknown[] = [];
    this.#list("[", "]", () => array.push(this.value(depth + 1)));
    return array;
  }

  /** Reads items between commas, up to and with the closing sign; one comma may end the list. */
  #list(opening: string, closing: string, item: () => void): void {
    this.#at += opening.length;
    while (this.#next() !== closing) {
      item();
      const sign = this.#next();
      if (sign === ",") this.#at++;
      else if (sign !== closing) {
        throw this.#error(`found ${sign || "the end"} in place of "," or "${closing}"`);
      }
    }
    this.#at++;
  }

  #string(): string {
    const quote = this.#text[this.#at++];
    const parts: string[] = [];
    for (;;) {
      parts.push(this.#match(unescaped) ?? "");
      const sign = this.#text[this.#at++];
      if (sign === undefined) throw this.#error("a string without an end");
      if (sign === quote) return parts.join("");
      parts.push(sign === "\\" ? this.#escape() : sign);
    }
  }

  #escape(): string {
    const sign = this.#text[this.#at++] ?? "";
    const plain: Readonly<Record<string, string>> = {
      n: "\n",
      r: "\r",
      t: "\t",
      b: "\b",
      f: "\f",
      v: "\v",
      0: "\0",
      "\n": "",
    };
    if (sign === "x" || sign === "u") {
      const digits = this.#match(sign === "x" ? twoDigits : fourDigits);
      if (digits === null) throw this.#error(`a broken \\${sign}`);
      return String.fromCodePoint(parseInt(digits.replace(/[{}]/g, ""), 16));
    }
    return plain[sign] ?? sign;
  }

  /** The next sign that is neither space nor comment; "" at the end. */
  #next(): string {
    this.#match(space);
    return this.#text[this.#at] ?? "";
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #error(what: string): SyntaxError {
    return new SyntaxError(`At character ${this.#at}: ${what}`);
  }
}

const twoDigits = /[0-9a-fA-F]{2}/y;
const fourDigits = /[0-9a-fA-F]{4}|\{0{0,4}(?:[0-9a-fA-F]{1,5}|10[0-9a-fA-F]{4})\}/y;
