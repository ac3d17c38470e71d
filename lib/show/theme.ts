/**
 * The look of every chart, picture and caption: one palette, one type scale.
 *
 * @module
 */

/** Colours of things that are not data. */
export const ink = {
  text: "#26272b",
  quiet: "#6f7178",
  faint: "#a9abb3",
  line: "#dddfe4",
  grid: "#ececf0",
  paper: "#ffffff",
} as const;

/** Colours of series: violet, rose, teal, amber, blue, olive, brown, grey. */
export const series = [
  "#6a4fb8",
  "#e0607e",
  "#1f9e96",
  "#e5a23a",
  "#4a7fd6",
  "#86a83a",
  "#a0735c",
  "#868a93",
] as const;

/** Sizes of text in CSS pixels. */
export const type = { title: 16, label: 13, tick: 12, caption: 13 } as const;

/** The family that text is drawn with. */
export const family = "Pretendard";

/** How many pixels of a chart's PNG stand for one CSS pixel. */
export const sharpness = 2;

/** The colour of the series at a position; they repeat. */
export function seriesColour(position: number): string {
  return series[position % series.length] ?? ink.text;
}
