/** How faces lie on a sheet: row by row, without gaps. */
export interface FaceSheetSettings {
  /** Faces in a row. */
  readonly columns: number;
  /** Size of one face in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Draws a blend of faces: the position of each on the sheet, and how much it counts. */
export type BlendFaces = (faces: readonly (readonly [face: number, weight: number])[]) => void;

/**
 * Reads the faces of the picture `sheet` and gives what draws blends of them on the canvas `face`.
 * This function is written into pages as text: it must use nothing from outside itself.
 */
export async function openFaceSheet(
  root: HTMLElement,
  { columns, width, height }: FaceSheetSettings,
): Promise<BlendFaces> {
  const sheet = root.querySelector('[data-part="sheet"]') as HTMLImageElement;
  const face = root.querySelector('[data-part="face"]') as HTMLCanvasElement;
  await sheet.decode();
  const copy = document.createElement("canvas");
  copy.width = sheet.naturalWidth;
  copy.height = sheet.naturalHeight;
  const copyPen = copy.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  copyPen.drawImage(sheet, 0, 0);
  const pixels = copyPen.getImageData(0, 0, copy.width, copy.height).data;
  const pen = face.getContext("2d") as CanvasRenderingContext2D;
  const output = pen.createImageData(width, height);
  const row = width * 4;
  return (faces) => {
    for (let line = 0; line < height; line++) {
      for (let index = 0; index < row; index++) {
        let sum = 0;
        for (const [face, weight] of faces) {
          const top = Math.floor(face / columns) * height + line;
          sum += weight * (pixels[(top * columns + face % columns) * row + index] as number);
        }
        output.data[line * row + index] = Math.round(sum);
      }
    }
    pen.putImageData(output, 0, 0);
  };
}
