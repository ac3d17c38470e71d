import type { openFaceSheet } from "./face_sheet_script.ts";

/** What the sliders' script is told. */
export interface SlidersSettings {
  readonly names: readonly string[];
  readonly stops: readonly number[];
  /** Size of one face in pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Brings sliders to life. This function is written into pages as text: it must use nothing from
 * outside itself.
 */
export function startSliders(
  root: HTMLElement,
  { names, stops, width, height }: SlidersSettings,
  open: typeof openFaceSheet,
): void {
  const part = <Kind extends HTMLElement>(name: string) =>
    root.querySelector(`[data-part="${name}"]`) as Kind;
  const inputs = names.map((_, index) => part<HTMLInputElement>(`slider-${index}`));
  open(root, { columns: stops.length, width, height }).then((blend) => {
    const draw = () => {
      // The stops on both sides of each slider, and how much each combination of them counts.
      let corners: [number, number][] = [[0, 1]];
      for (const input of inputs) {
        const place = Number(input.value);
        const left = Math.min(Math.floor(place), stops.length - 2);
        const part = place - left;
        corners = corners.flatMap(([index, weight]) =>
          [
            [index * stops.length + left, weight * (1 - part)],
            [index * stops.length + left + 1, weight * part],
          ] as [number, number][]
        ).filter(([, weight]) => weight > 0);
      }
      blend(corners);
    };
    for (const input of inputs) input.addEventListener("input", draw);
    for (const name of ["face", "controls"]) part(name).style.display = "";
    part("note").textContent = "Move the sliders.";
    draw();
    root.dataset.ready = "";
  });
}
