import { ticks } from "d3-array";
import { formatNumber, formatShare } from "../number_format.ts";
import type { AxisSpec, Place } from "../plotly.ts";

/** An axis ready to draw with. */
export interface Axis {
  /** Pixels of a place; null for a gap and for what the axis cannot show. */
  position(place: Place | undefined): number | null;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Pixels from the middle of one category to the next, or of one unit of a number axis. */
  readonly step: number;
  readonly isCategory: boolean;
  /** Pixels of zero where it is on the axis, else of the end next to it. */
  readonly zero: number;
}

/** What an axis must show besides what its specification says. */
export interface AxisNeeds {
  /** Zero belongs to the axis: bars stand on it. */
  readonly zero?: boolean;
  /** Share of the range that is left free at both ends. */
  readonly padding?: number;
  /** Half the width of what stands at the outermost places, in units of the axis. */
  readonly margin?: number;
  /** Number of ticks wished for. */
  readonly count: number;
}

/** The axis for places from pixel `from` (smallest) to pixel `to` (largest). */
export function makeAxis(
  places: readonly Place[],
  spec: AxisSpec,
  [from, to]: readonly [number, number],
  needs: AxisNeeds,
): Axis {
  const isCategory = spec.type === "category" ||
    (spec.type === undefined && places.some((place) => typeof place === "string"));
  const ends: readonly [number, number] = spec.autorange === "reversed" ? [to, from] : [from, to];
  if (isCategory) return categoryAxis(places, spec, ends);
  return spec.type === "log"
    ? logAxis(places, spec, ends, needs)
    : linearAxis(places, spec, ends, needs);
}

function categoryAxis(
  places: readonly Place[],
  spec: AxisSpec,
  [from, to]: readonly [number, number],
): Axis {
  const names = [...new Set(places.filter((place) => place !== null).map(String))];
  const step = (to - from) / Math.max(1, names.length);
  const at = (index: number) => from + step * (index + 0.5);
  const ticksAt = names.map((text, index) => ({ at: at(index), text }));
  return {
    position: (place) => {
      if (place === null || place === undefined) return null;
      const index = names.indexOf(String(place));
      return index < 0 ? null : at(index);
    },
    ticks: named(ticksAt, spec, names),
    step: Math.abs(step),
    isCategory: true,
    zero: from,
  };
}

function named(
  ticksAt: readonly { at: number; text: string }[],
  { tickvals, ticktext }: AxisSpec,
  names: readonly string[],
): readonly { at: number; text: string }[] {
  if (!tickvals) return ticksAt;
  return tickvals.flatMap((value, index) => {
    const tick = ticksAt[names.indexOf(String(value))];
    return tick ? [{ at: tick.at, text: ticktext?.[index] ?? tick.text }] : [];
  });
}

function linearAxis(
  places: readonly Place[],
  spec: AxisSpec,
  [from, to]: readonly [number, number],
  { zero = false, padding = 0, margin = 0, count }: AxisNeeds,
): Axis {
  const values = numbers(places);
  const withZero = zero || spec.rangemode === "tozero";
  let low = smallest(withZero ? [0, ...values] : values);
  let high = largest(withZero ? [0, ...values] : values);
  low -= margin;
  high += margin;
  if (low === high) {
    [low, high] = low === 0 ? [0, 1] : [low - Math.abs(low) / 2, low + Math.abs(low) / 2];
  }
  const free = (high - low) * padding;
  // Nothing is left free beyond zero, where bars begin.
  [low, high] = spec.range ??
    [withZero && low === 0 ? 0 : low - free, withZero && high === 0 ? 0 : high + free];
  const scale = (to - from) / (high - low);
  const at = (value: number) => from + (value - low) * scale;
  const write = spec.tickformat?.endsWith("%")
    ? formatShare
    : (value: number) => formatNumber(value, 6);
  const marks = (spec.tickvals as readonly number[] | undefined) ?? ticks(low, high, count);
  return {
    position: (place) => typeof place === "number" && Number.isFinite(place) ? at(place) : null,
    ticks: marks.map((value, index) => ({
      at: at(value),
      text: spec.ticktext?.[index] ?? write(value),
    })),
    step: Math.abs(scale),
    isCategory: false,
    zero: at(Math.min(Math.max(0, low), high)),
  };
}

function logAxis(
  places: readonly Place[],
  spec: AxisSpec,
  [from, to]: readonly [number, number],
  { padding = 0, count }: AxisNeeds,
): Axis {
  const exponents = numbers(places).filter((value) => value > 0).map(Math.log10);
  let low = smallest(exponents);
  let high = largest(exponents);
  if (low === high) [low, high] = [low - 0.5, low + 0.5];
  const free = (high - low) * padding;
  // As in plotly, the range of a logarithmic axis is given in powers of ten.
  [low, high] = spec.range ?? [low - free, high + free];
  const scale = (to - from) / (high - low);
  const at = (value: number) => from + (Math.log10(value) - low) * scale;
  return {
    position: (place) => typeof place === "number" && place > 0 ? at(place) : null,
    ticks: ((spec.tickvals as readonly number[] | undefined) ?? logTicks(low, high, count)).map(
      (value, index) => ({ at: at(value), text: spec.ticktext?.[index] ?? formatNumber(value, 3) }),
    ),
    step: Math.abs(scale),
    isCategory: false,
    zero: from,
  };
}

/** Powers of ten, with 2 and 5 of each (or evenly spaced values) where those are too few. */
function logTicks(low: number, high: number, count: number): number[] {
  const powers = Array.from(
    { length: Math.floor(high) - Math.ceil(low) + 1 },
    (_, index) => Math.ceil(low) + index,
  );
  if (powers.length >= 3) {
    const every = Math.ceil(powers.length / count);
    return powers.filter((power) => power % every === 0).map((power) => 10 ** power);
  }
  const between = [Math.ceil(low) - 1, ...powers].flatMap((power) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${power}`))
  ).filter((value) => value >= 10 ** low && value <= 10 ** high);
  return between.length >= 3 ? between : ticks(10 ** low, 10 ** high, count);
}

function numbers(places: readonly Place[]): number[] {
  return places.filter((place): place is number =>
    typeof place === "number" && Number.isFinite(place)
  );
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), values[0] ?? 0);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), values[0] ?? 0);
}
