/**
 * Everything that reaches a notebook: pictures, charts, tables and the progress of a stage.
 *
 * Every function returns a {@linkcode Drawing}: as the last value of a cell it is shown, `display`
 * shows it in the middle of one, `save` writes it to a file.
 *
 * @module
 */
export { type Bundle, display, type DisplayOptions, Drawing, type Encoded } from "./drawing.ts";
export { currentKernel, type Kernel, replaceKernel, type SendOptions } from "./kernel.ts";
export { save } from "./save.ts";
export { follow, type FollowOptions, progressMime, type ProgressState } from "./follow.ts";
export {
  type CaptionOptions,
  picture,
  PictureDrawing,
  type PictureOptions,
  pictures,
} from "./picture.ts";
export { montage, type MontageOptions } from "./montage.ts";
export { ContactSheet, type ContactSheetOptions } from "./contact_sheet.ts";
export { marked, type Marks } from "./marks.ts";
export { gallery, type GalleryOptions } from "./gallery.ts";
export { averageFace, averageFaces } from "./average_face.ts";
export { deviationMap, meanImage, medianImage, type PixelMap } from "./pixel_statistics.ts";
export { type MapOptions, pixelMap, varianceMap } from "./variance_map.ts";
export { sortedMontage } from "./sorted_montage.ts";
export { gridOrder } from "./grid_assignment.ts";
export { latentGrid, type LatentGridOptions } from "./latent_grid.ts";
export { explorer } from "./explorer.ts";
export { sliders, type SlidersOptions } from "./sliders.ts";
export { animation, type AnimationOptions } from "./animation.ts";
export { Figure, figure, type FigureOptions, plotlyMime } from "./figure.ts";
export { page } from "./page.ts";
export type { Layout, Trace } from "./plotly.ts";
export { curve, type CurveOptions, type CurvePoints } from "./curve.ts";
export { scatter, type ScatterOptions, type ScatterPoints } from "./scatter.ts";
export { faceScatter, type FaceScatterOptions } from "./face_scatter.ts";
export { type BarOptions, bars } from "./bars.ts";
export { histogram, type HistogramOptions } from "./histogram.ts";
export { heatmap, type HeatmapOptions } from "./heatmap.ts";
export { table, type TableOptions } from "./table.ts";
export { flow, type FlowOptions, type FlowStep } from "./flow.ts";
export { funnel, type FunnelOptions, type FunnelStep } from "./funnel.ts";
export { formatDuration, formatNumber, formatShare } from "./number_format.ts";
