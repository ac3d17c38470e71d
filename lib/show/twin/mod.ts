/**
 * The pictures of plotly's figures, drawn without a browser.
 *
 * @module
 */
export { chartSize, chartSvg, pointPlaces } from "./chart_svg.ts";
export type { Point } from "./trace.ts";
