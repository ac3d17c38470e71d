/**
 * Seconds that a Retry-After header asks to wait: a number of seconds or a date (RFC 9110, 10.2.3).
 * Null where there is none or it is not understood.
 */
export function retryAfterSeconds(value: string | null, now: Date = new Date()): number | null {
  if (value === null) return null;
  if (/^\s*\d+\s*$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}
