/**
 * JSON with the keys of every object sorted, so that equal values have equal text. Settings of a
 * stage are stored in this form.
 *
 * @example
 * ```ts
 * import { canonicalJson } from "./canonical_json.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(canonicalJson({ size: 64, eyes: [0.35, 0.4] }), '{"eyes":[0.35,0.4],"size":64}');
 * ```
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner).sort(([left], [right]) => left < right ? -1 : left > right ? 1 : 0),
    );
  });
}
