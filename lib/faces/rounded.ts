/**
 * A copy of a value in which every number has at most `digits` decimal places. What is stored is
 * rounded, so that it does not change with the last bits of another processor's arithmetic.
 */
export function rounded<Value>(value: Value, digits: number): Value {
  if (typeof value === "number") return Number(value.toFixed(digits)) as Value;
  if (Array.isArray(value)) return value.map((inner) => rounded(inner, digits)) as Value;
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, rounded(inner, digits)]),
  ) as Value;
}
