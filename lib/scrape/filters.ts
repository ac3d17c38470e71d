import { type Engine, EngineError } from "./engine.ts";

/** What narrows a search, in words that no single engine uses. */
export interface Filters {
  /** What sort of picture; `portrait` is head and shoulders, `face` any visible face. */
  readonly type?: "photo" | "face" | "portrait" | "clipart" | "drawing" | "animated";
  /** Each engine draws the lines elsewhere; `huge` is a desktop wallpaper. */
  readonly size?: "small" | "medium" | "large" | "huge";
  /** Any colour, shades of grey, or the colour that prevails. */
  readonly colour?:
    | "any-colour"
    | "grey"
    | "red"
    | "orange"
    | "yellow"
    | "green"
    | "blue"
    | "purple"
    | "pink"
    | "brown"
    | "black"
    | "white";
  /** What everybody may do with the picture; `open` is any Creative Commons licence or none needed. */
  readonly licence?: "open" | "commercial" | "modify" | "modify-commercial" | "public-domain";
  /** Put on the web within the last … */
  readonly date?: "day" | "week" | "month" | "year";
  /** Language, and market where the engine knows markets, as a BCP 47 tag: "ko" or "ko-KR". */
  readonly language?: string;
}

/** Parameters of a request, by name. */
export type QueryParameters = Readonly<Record<string, string>>;

/**
 * How an engine says each filter: its own parameters for every value that it knows, or a function
 * where it knows many languages. A filter or value that is missing is one that the engine does not have.
 */
export type FilterWords =
  & {
    readonly [Name in Exclude<keyof Filters, "language">]?: {
      readonly [Value in NonNullable<Filters[Name]>]?: QueryParameters;
    };
  }
  & {
    readonly language?:
      | Readonly<Record<string, QueryParameters>>
      | ((tag: string) => QueryParameters | null);
  };

/** Words that all go into one parameter: { photo: "itp:photo" } under "tbs". */
export function under<Value extends string>(
  parameter: string,
  words: Readonly<Record<Value, string>>,
): Record<Value, QueryParameters> {
  return Object.fromEntries(
    Object.entries<string>(words).map(([value, word]) => [value, { [parameter]: word }]),
  ) as Record<Value, QueryParameters>;
}

/** The filters that an engine does not have, in the order given; empty where it has them all. */
export function unsupportedFilters(
  { filters: words }: Pick<Engine, "filters">,
  filters: Filters = {},
): (keyof Filters)[] {
  return namesOf(filters).filter((name) => !wordFor(words, name, filters[name]));
}

/** The part of the filters that an engine has: for those who would rather search wider than not. */
export function supportedFilters(engine: Pick<Engine, "filters">, filters: Filters): Filters {
  const missing = unsupportedFilters(engine, filters);
  return Object.fromEntries(
    Object.entries(filters).filter(([name]) => !missing.includes(name as keyof Filters)),
  );
}

/**
 * The engine's parameters for the filters; those that share a parameter are joined.
 *
 * @throws EngineError with the reason `filter` where the engine does not have one of them
 */
export function filterParameters(
  engine: Pick<Engine, "name" | "filters">,
  filters: Filters = {},
  separator = ",",
): QueryParameters {
  const missing = unsupportedFilters(engine, filters);
  if (missing.length > 0) {
    const wishes = missing.map((name) => `${name} "${filters[name]}"`).join(" or ");
    const known = Object.keys(engine.filters).join(", ") || "nothing";
    throw new EngineError(
      engine.name,
      "filter",
      `cannot filter by ${wishes}; it filters by ${known} (see filterTable)`,
    );
  }
  const parameters: Record<string, string> = {};
  for (const name of namesOf(filters)) {
    for (const [key, word] of Object.entries(wordFor(engine.filters, name, filters[name])!)) {
      parameters[key] = key in parameters ? parameters[key] + separator + word : word;
    }
  }
  return parameters;
}

/** One row of {@linkcode filterTable}: a filter, and what each engine knows of it. */
export type FilterRow = { readonly filter: keyof Filters } & Readonly<Record<string, string>>;

/** Which engine filters by what: for each filter what every engine has of it, "-" for none. */
export function filterTable(engines: readonly Engine[]): FilterRow[] {
  const names = ["type", "size", "colour", "licence", "date", "language"] as const;
  return names.map((filter) => ({
    filter,
    ...Object.fromEntries(engines.map(({ name, filters }) => [name, extent(filters[filter])])),
  }));
}

/** What an engine has of one filter, in a few words. */
function extent(words: FilterWords[keyof Filters]): string {
  if (!words) return "-";
  if (typeof words === "function") return words("ko") ? "any" : "any with a country: ko-KR";
  const values = Object.keys(words);
  return values.length > 6 ? `${values.length} values` : values.join(", ");
}

const namesOf = (filters: Filters) =>
  (Object.keys(filters) as (keyof Filters)[]).filter((name) => filters[name] !== undefined);

function wordFor(
  words: FilterWords,
  name: keyof Filters,
  value: string | undefined,
): QueryParameters | null {
  const table = words[name];
  if (!table || value === undefined) return null;
  if (typeof table === "function") return table(value);
  return Object.hasOwn(table, value) ? table[value as keyof typeof table] ?? null : null;
}
