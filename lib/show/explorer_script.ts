import type { BlendFaces, openFaceSheet } from "./face_sheet_script.ts";

/** What the explorer's script is told. */
export interface ExplorerSettings {
  readonly columns: number;
  readonly rows: number;
  /** Size of one face in pixels. */
  readonly width: number;
  readonly height: number;
  readonly low: number;
  readonly high: number;
  readonly labels: readonly [string, string];
}

/**
 * Brings an explorer to life. This function is written into pages as text: it must use nothing from
 * outside itself.
 */
export function startExplorer(
  root: HTMLElement,
  settings: ExplorerSettings,
  open: typeof openFaceSheet,
): void {
  const { columns, rows, low, high, labels } = settings;
  const part = <Kind extends HTMLElement>(name: string) =>
    root.querySelector(`[data-part="${name}"]`) as Kind;
  const [pad, ring, values, walk] = ["pad", "ring", "values", "walk"].map((name) => part(name)) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  let blend: BlendFaces | undefined;
  // In steps of the grid from the top left: at whole numbers stand the faces that were decoded.
  let place: [number, number] = [(columns - 1) / 2, (rows - 1) / 2];
  let walkStart: number | undefined;

  const value = (at: number, count: number) =>
    count > 1 ? low + (high - low) * at / (count - 1) : low;
  const clip = (at: number, count: number) => Math.min(count - 1, Math.max(0, at));

  const draw = () => {
    const [x, y] = place;
    ring.style.left = `${100 * (x + 0.5) / columns}%`;
    ring.style.top = `${100 * (y + 0.5) / rows}%`;
    const numbers = [value(x, columns), value(rows - 1 - y, rows)].map((number) =>
      number.toFixed(2)
    );
    values.textContent = labels.map((label, index) => `${label} ${numbers[index]}`).join("\n")
      .replaceAll("-", "\u2212");
    pad.setAttribute("aria-valuetext", values.textContent);
    if (!blend) return;
    const left = Math.min(Math.floor(x), Math.max(0, columns - 2));
    const top = Math.min(Math.floor(y), Math.max(0, rows - 2));
    const corners: [number, number][] = [];
    for (const [column, row] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
      const weight = (column ? x - left : 1 - x + left) * (row ? y - top : 1 - y + top);
      if (weight > 0) corners.push([(top + row) * columns + left + column, weight]);
    }
    blend(corners);
  };

  const stop = () => {
    walkStart = undefined;
    walk.textContent = "▶ walk";
  };
  const moveTo = (x: number, y: number) => {
    place = [clip(x, columns), clip(y, rows)];
    draw();
  };
  const follow = (event: PointerEvent) => {
    const box = pad.getBoundingClientRect();
    moveTo(
      (event.clientX - box.left) / box.width * columns - 0.5,
      (event.clientY - box.top) / box.height * rows - 0.5,
    );
  };
  pad.addEventListener("pointerdown", (event) => {
    stop();
    pad.setPointerCapture(event.pointerId);
    follow(event);
    pad.focus({ preventScroll: true });
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (pad.hasPointerCapture(event.pointerId)) follow(event);
  });
  pad.addEventListener("keydown", (event) => {
    const [x, y] = place;
    const step = event.shiftKey ? 1 : 0.25;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (!move) return;
    stop();
    moveTo(x + move[0], y + move[1]);
    // A notebook would go to another cell.
    event.preventDefault();
    event.stopPropagation();
  });

  const stroll = (time: number) => {
    if (walkStart === undefined || !root.isConnected) return;
    const angle = 2 * Math.PI * (time - walkStart) / 12000;
    moveTo(
      (columns - 1) / 2 * (1 + 0.95 * Math.sin(2 * angle)),
      (rows - 1) / 2 * (1 - 0.95 * Math.sin(3 * angle)),
    );
    requestAnimationFrame(stroll);
  };
  walk.addEventListener("click", () => {
    if (walkStart !== undefined) return stop();
    walkStart = performance.now();
    walk.textContent = "■ stop";
    requestAnimationFrame(stroll);
  });

  open(root, settings).then((opened) => {
    blend = opened;
    part("controls").style.display = "";
    part("note").textContent = "Drag in the square, or use the arrow keys.";
    ring.style.display = "";
    draw();
    root.dataset.ready = "";
  });
}
