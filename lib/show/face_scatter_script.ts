/** What the script of a scatter of faces is told. */
export interface FaceScatterSettings {
  /** Where each point stands, as shares of the chart's width and height; null for none. */
  readonly places: readonly (readonly [number, number] | null)[];
  /** Size of the chart in CSS pixels. */
  readonly chart: readonly [number, number];
  /** Faces in a row of the sheet, and in a column. */
  readonly columns: number;
  readonly rows: number;
  /** Size of a face on the page in CSS pixels. */
  readonly face: readonly [number, number];
  readonly texts: readonly string[];
}

/**
 * Shows the face of the point next to the pointer. This function is written into pages as text: it
 * must use nothing from outside itself.
 */
export function startFaceScatter(root: HTMLElement, settings: FaceScatterSettings): void {
  const { places, chart: [width, height], columns, rows, face, texts } = settings;
  const part = (name: string) => root.querySelector(`[data-part="${name}"]`) as HTMLElement;
  const [chart, card, picture, text, ring] = ["chart", "card", "picture", "text", "ring"].map(
    part,
  ) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  const reach = 30;
  const show = (index: number | undefined) => {
    const place = index === undefined ? null : places[index];
    for (const element of [card, ring]) element.style.display = place ? "" : "none";
    if (index === undefined || !place) return;
    const [x, y] = place;
    ring.style.left = `${100 * x}%`;
    ring.style.top = `${100 * y}%`;
    // On the side of the point where there is more room.
    card.style.left = x < 0.5 ? `calc(${100 * x}% + 14px)` : "";
    card.style.right = x < 0.5 ? "" : `calc(${100 - 100 * x}% + 14px)`;
    card.style.top = `clamp(0px, calc(${100 * y}% - ${face[1] / 2}px), calc(100% - ${face[1]}px))`;
    picture.style.backgroundSize = `${100 * columns}% ${100 * rows}%`;
    const [column, row] = [index % columns, Math.floor(index / columns)];
    picture.style.backgroundPosition = `${columns > 1 ? 100 * column / (columns - 1) : 0}% ${
      rows > 1 ? 100 * row / (rows - 1) : 0
    }%`;
    text.textContent = texts[index] ?? "";
    root.dataset.face = String(index);
  };
  chart.addEventListener("pointermove", (event) => {
    const box = chart.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    let nearest: number | undefined;
    let least = reach ** 2;
    places.forEach((place, index) => {
      if (!place) return;
      const distance = ((place[0] - x) * width) ** 2 + ((place[1] - y) * height) ** 2;
      if (distance < least) [nearest, least] = [index, distance];
    });
    show(nearest);
  });
  chart.addEventListener("pointerleave", () => show(undefined));
  root.dataset.ready = "";
}
