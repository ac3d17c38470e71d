import type { Store } from "./store.ts";
import { type Visits, visits } from "./visits.ts";

/** A rule that the crawl kept, and what it cost. */
export interface ComplianceRule {
  /** The rule in words, with the document that states it. */
  readonly rule: string;
  /** What was left alone: addresses of pictures, or searches. */
  readonly what: "pictures" | "searches";
  /** The reason in the catalogue: `robots`. */
  readonly reason: string;
  /** The particulars that the host gave: `X-Robots-Tag: noai`. */
  readonly detail: string | null;
  /** How many pictures or searches. */
  readonly count: number;
  /** How many hosts or engines. */
  readonly hosts: number;
}

/** What was not fetched because somebody or something forbade it, and how often hosts were asked. */
export interface Compliance {
  readonly rules: ComplianceRule[];
  readonly visits: Visits[];
}

const rulesOfPictures: Readonly<Record<string, string>> = {
  "robots": "robots.txt disallows the path (RFC 9309)",
  "robots-unreachable": "robots.txt gives no answer, so nothing is allowed (RFC 9309)",
  "opt-out": "the owner reserves the picture (X-Robots-Tag, TDMRep)",
  "opt-out-unreachable": "tdmrep.json gives no answer, so nothing is taken",
  "told-to-wait": "the host asked for a longer pause than is waited for (Retry-After)",
  "too-many-requests": "the host asked to be left alone (status 429)",
  "refused": "the host refuses the picture (status 401, 403 ...)",
  "private-address": "the address leads into a private network",
  "forgotten": "taken down before (tombstone)",
};

const rulesOfSearches: Readonly<Record<string, string>> = {
  "robots": "the engine's robots.txt disallows result pages (RFC 9309)",
  "blocked": "the engine refuses (status 403 or 429): it is paused",
  "captcha": "the engine asks for a human: it is paused",
  "consent": "the engine asks for consent that a program cannot give: it is paused",
};

/** What was left alone and by which rule, the rules in the order of strictness. */
export function compliance(store: Store): Compliance {
  const pictures = store.all<Omit<ComplianceRule, "rule" | "what">>(
    `SELECT reason, CASE WHEN reason = 'opt-out' THEN detail END AS detail, count(*) AS count,
       count(DISTINCT host) AS hosts
     FROM pictures WHERE reason IN (SELECT value FROM json_each(:reasons))
     GROUP BY 1, 2 ORDER BY 1, count(*) DESC, 2`,
    { reasons: JSON.stringify(Object.keys(rulesOfPictures)) },
  );
  const searches = store.all<Omit<ComplianceRule, "rule" | "what">>(
    `SELECT reason, NULL AS detail, count(*) AS count, count(DISTINCT engine) AS hosts
     FROM queries WHERE status = 'blocked' GROUP BY reason ORDER BY reason`,
  );
  const order = Object.keys(rulesOfPictures);
  return {
    rules: [
      ...pictures.sort((one, other) => order.indexOf(one.reason) - order.indexOf(other.reason))
        .map((row) => ({ rule: rulesOfPictures[row.reason]!, what: "pictures" as const, ...row })),
      ...searches.map((row) => ({
        rule: rulesOfSearches[row.reason] ?? "the engine refuses",
        what: "searches" as const,
        ...row,
      })),
    ],
    visits: visits(store),
  };
}
