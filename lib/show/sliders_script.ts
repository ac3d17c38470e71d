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
export function startSliders(root: HTMLElement, settings: SlidersSettings): void {
  const { names, stops, width, height } = settings;
  const part = <Kind extends HTMLElement>(name: string) =>
    root.querySelector(`[data-part="${name}"]`) as Kind;
  const sheet = part<HTMLImageElement>("sheet");
  const face = part<HTMLCanvasElement>("face");
  const inputs = names.map((_, index) => part<HTMLInputElement>(`slider-${index}`));
  const pen = face.getContext("2d") as CanvasRenderingContext2D;
  const output = pen.createImageData(width, height);
  let pixels: Uint8ClampedArray | undefined;

  const draw = () => {
    if (!pixels) return;
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
    const row = width * 4;
    for (let line = 0; line < height; line++) {
      for (let index = 0; index < row; index++) {
        let sum = 0;
        for (const [picture, weight] of corners) {
          const column = picture % stops.length;
          const top = Math.floor(picture / stops.length) * height + line;
          sum += weight * (pixels[(top * stops.length + column) * row + index] as number);
        }
        output.data[line * row + index] = Math.round(sum);
      }
    }
    pen.putImageData(output, 0, 0);
  };
  for (const input of inputs) input.addEventListener("input", draw);

  sheet.decode().then(() => {
    const copy = document.createElement("canvas");
    copy.width = sheet.naturalWidth;
    copy.height = sheet.naturalHeight;
    const copyPen = copy.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
    copyPen.drawImage(sheet, 0, 0);
    pixels = copyPen.getImageData(0, 0, copy.width, copy.height).data;
    face.style.display = "";
    part("controls").style.display = "";
    part("note").textContent = "Move the sliders.";
    draw();
    root.dataset.ready = "";
  });
}
