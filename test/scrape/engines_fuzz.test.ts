import assert from "node:assert/strict";
import { domainToUnicode } from "node:url";
import { load } from "cheerio";
import fc from "fast-check";
import { EngineError } from "../../lib/scrape/mod.ts";
import { decipher } from "../../lib/scrape/engines/baidu.ts";
import { javascriptValue } from "../../lib/scrape/javascript_value.ts";
import {
  casesOf,
  fixtureEngines,
  fixtureFolder,
  replyToStart,
  searchFixture,
} from "./engine_fixtures.ts";

/** A place in a text, as a share of its length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

const junk = fc.oneof(
  fc.string({ maxLength: 8, unit: "binary" }),
  fc.constantFrom(
    ..."javascript: &quot; &#x22; \\ \\' \\u0000 null undefined <script> </script> <!-- ]]> %00 %zz"
      .split(" "),
    "https://user:word@[::1]:99999/",
    "__proto__",
    '"constructor":',
  ),
);

/** Something that goes wrong with a page on its way, or is done to it. */
const mutation: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(flipBits) },
  { weight: 2, arbitrary: place.map((at) => (text: string) => text.slice(0, at * text.length)) },
  { weight: 3, arbitrary: fc.tuple(place, fc.nat(40), junk).map(replacePart) },
  { weight: 2, arbitrary: fc.tuple(place, place, place).map(copyPart) },
  { weight: 4, arbitrary: fc.tuple(place, fc.oneof(junk, fc.jsonValue())).map(replaceValue) },
  { weight: 1, arbitrary: fc.tuple(place, fc.nat(3), fc.nat(20_000)).map(nest) },
  { weight: 1, arbitrary: fc.tuple(place, fc.constantFrom(...numbers())).map(changeNumber) },
);

function flipBits([at, bits]: [number, number]) {
  return (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const index = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
    if (index >= 0) bytes[index]! ^= bits;
    return new TextDecoder().decode(bytes);
  };
}

function replacePart([at, remove, insert]: [number, number, string]) {
  return (text: string) => {
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + insert + text.slice(index + remove);
  };
}

function copyPart([from, to, at]: [number, number, number]) {
  return (text: string) => {
    const [start, end] = [from, to].sort().map((share) => Math.floor(share * text.length));
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + text.slice(start, end) + text.slice(index);
  };
}

function nest([at, kind, depth]: [number, number, number]) {
  const opening = ["<div>", "[", '{"a":', "!"][kind]!;
  return (text: string) => {
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + opening.repeat(depth) + text.slice(index);
  };
}

function numbers() {
  return ["9".repeat(400), "1e999", "-1", "0x7fffffffffffffff", "1.5", "NaN"];
}

/** Where the text is JSON: puts something else in place of one value, however deep it lies. */
function replaceValue([at, other]: [number, unknown]) {
  return (text: string) => {
    try {
      let left = Math.floor(at * text.split(":").length);
      return JSON.stringify(
        JSON.parse(text.replaceAll("\\'", "'"), (_name, value) => left-- === 0 ? other : value),
      );
    } catch {
      return text;
    }
  };
}

/** Puts another number in place of the first one after a place. */
function changeNumber([at, number]: [number, string]) {
  return (text: string) => {
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + text.slice(index).replace(/\d+/, number);
  };
}

/** What is left of a text that every way of writing an address has in common. */
function squeezed(text: string): string {
  const decoder = new TextDecoder();
  const bytesOf = (run: string) =>
    Uint8Array.from(run.slice(1).split("%"), (pair) => parseInt(pair, 16));
  let plain = text;
  for (let round = 0; round < 3; round++) {
    plain = plain.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => decoder.decode(bytesOf(run)));
  }
  return plain.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** A text as it is, and with the escapes of HTML, JavaScript and Baidu undone, one inside another. */
function readings(text: string): string {
  const script = (escaped: string) =>
    escaped
      .replace(/\\u\{?([0-9a-fA-F]{4})\}?|\\x([0-9a-fA-F]{2})/g, (_all, four, two) =>
        String.fromCodePoint(parseInt(four ?? two, 16)))
      .replace(/\\(.)/gs, "$1");
  // Attributes and text are unescaped as an attribute is, whatever element they are in.
  const html = (escaped: string) =>
    load(`<i title="${escaped.replaceAll('"', "&quot;")}">`)("i").attr("title") ?? "";
  const ways = [text, html(text), script(text), script(html(text)), html(script(text))];
  return [...ways, ...ways.map(decipher)].map(squeezed).join(" ");
}

function assertFromText(url: string, text: string, haystack: string): void {
  assert.match(url, /^https?:\/\/[^/]/);
  const { hostname, pathname, search } = new URL(url);
  for (const part of [domainToUnicode(hostname), pathname, search]) {
    assert.ok(haystack.includes(squeezed(part)), `${url} is not from\n${text}`);
  }
}

for (const engine of fixtureEngines) {
  Deno.test(`${engine.name}: mutated answers bring an EngineError or addresses from the answer`, async () => {
    const bodies = (await casesOf(fixtureFolder(engine.name)))
      .filter(({ expected }) => typeof expected !== "string" && expected.length > 0)
      .map(({ reply }) => reply.text!);
    const start = await replyToStart(engine.name);
    let read = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.array(mutation, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (body, mutations, laterPage) => {
          const text = mutations.reduce((text, mutate) => mutate(text), body);
          try {
            const { found } = await searchFixture(
              engine,
              ({ pathname }) => pathname === "/" ? start : { text },
              { most: 1, firstPage: laterPage ? 3 : 0 },
            );
            const haystack = readings(text);
            for (const candidate of found) {
              assertFromText(candidate.url, text, haystack);
              for (const size of [candidate.width, candidate.height]) {
                assert.ok(size === null || (Number.isSafeInteger(size) && size! > 0));
              }
            }
            read++;
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
            refused++;
          }
        },
      ),
      // A page of HTML takes far longer to read than JSON.
      { numRuns: bodies.some((body) => body.startsWith("{")) ? 600 : 100, seed: 20 },
    );
    assert.ok(read > 10 && refused > 0, `${read} mutated answers were read, ${refused} refused`);
  });
}

Deno.test("javascriptValue reads what JSON.parse reads, as it does", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      assert.equal(JSON.stringify(javascriptValue(text)), JSON.stringify(JSON.parse(text)));
    }),
    { seed: 3 },
  );
});

Deno.test("javascriptValue reads literals, runs nothing and names what it does not read", () => {
  const read = (text: string) => JSON.parse(JSON.stringify(javascriptValue(text)));
  assert.deepEqual(
    read(`{a: 'it\\'s', "b": [1, .5, -2e3, 0x1F,], /* , */ c: !0, d: null, // }
      $e1: {}, 7: \`x\`, 한국: "\\x41\\u0042\\u{1F600}\\n"} + alert(1)`),
    { 7: "x", a: "it's", b: [1, 0.5, -2000, 31], c: true, d: null, $e1: {}, 한국: "AB😀\n" },
  );
  assert.equal(javascriptValue("void 0"), undefined);
  const odd = javascriptValue('{"__proto__": {polluted: true}}') as Record<string, unknown>;
  assert.deepEqual(Object.keys(odd), ["__proto__"]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  for (
    const text of ["", "{", "[1", '{"a"}', "{a:}", "alert(1)", "'open", "new Date()", '"\\u12"']
  ) {
    assert.throws(() => javascriptValue(text), SyntaxError, text);
  }
  assert.throws(() => javascriptValue("[".repeat(100_000)), /nested deeper/);
  assert.throws(() => javascriptValue("!".repeat(100_000)), /nested deeper/);
});

const large = 1_000_000;
for (
  const [what, piece] of [
    ["opened elements", "<div>"],
    ["opened elements and foreign ends", "<div></x>"],
    ["formatting elements", "<b><a href=x>"],
    ["beginnings of elements", "<a"],
    ["links", '<a class="iusc" m="{}" href="/imgres?">'],
    ["digits", "1"],
    ["quotes", "\\'"],
    ["variables", "<script>imageSearchTabData= "],
    ["blanks", " "],
  ] as const
) {
  Deno.test(`a page of a million characters of ${what} is read to its end by every engine`, async () => {
    const text = piece.repeat(Math.floor(large / piece.length));
    for (const engine of fixtureEngines) {
      const start = await replyToStart(engine.name);
      const search = searchFixture(engine, ({ pathname }) => pathname === "/" ? start : { text });
      await search.then(
        ({ found }) => assert.deepEqual(found, []),
        (error) => assert.ok(error instanceof EngineError, `${engine.name}: ${error}`),
      );
    }
  });
}
