const minus = "\u2212";

/** A number as a reader likes it: 12,345 or 0.0123 or 3.5 × 10⁻⁷, with at most `digits` digits. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${minus}∞`;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    const [mantissa = "", exponent = ""] = value.toExponential(Math.min(2, digits - 1)).split("e");
    const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return `${trimmed} × 10${superscript(Number(exponent))}`.replace("-", minus);
  }
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(digits));
  const [whole = "", fraction] = String(Math.abs(rounded)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = rounded < 0 ? minus : "";
  return sign + (fraction === undefined ? grouped : `${grouped}.${fraction}`);
}

/** A share of 1 as a percentage: 0.974 is "97.4 %". */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const percent = share * 100;
  // 99.96 must not read as "100 %", nor 0.04 as "0 %".
  const digits = percent > 0 && percent < 0.1 || percent > 99.9 && percent < 100 ? 2 : 1;
  return `${formatNumber(Number(percent.toFixed(digits)))} %`;
}

/** Seconds as a reader likes them: "8 s", "3 min 05 s", "2 h 10 min". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor(whole % 3600 / 60))} min`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function superscript(value: number): string {
  return String(value).replace(
    /[-\d]/g,
    (character) => character === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(character)] ?? "",
  );
}
