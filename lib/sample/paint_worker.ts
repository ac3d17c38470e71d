/**
 * A worker that makes pictures: the first message sets it up, every later one is a planned picture,
 * and each answer is that picture's truth or the reason why there is none.
 *
 * @module
 */
import { type MakeOptions, makePicture } from "./make_picture.ts";
import type { Painter } from "./paint_picture.ts";
import type { PlannedPicture } from "./plan.ts";
import type { WorkerAnswer } from "./worker_pool.ts";
import type { TruthPicture } from "./truth_picture.ts";

/** What the first message carries. */
export interface PaintSetUp {
  readonly folder: string;
  readonly ranges: MakeOptions["ranges"];
  /** Address of the painter's module, or null where files stand in for painted pictures. */
  readonly painter: string | null;
}

const worker = self as unknown as {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(answer: WorkerAnswer<TruthPicture[]>): void;
};

worker.onmessage = ({ data: { folder, ranges, painter: address } }: MessageEvent<PaintSetUp>) => {
  // The import starts at once and is awaited by the first picture.
  const painter: Promise<Painter> = address ? import(address) : Promise.resolve(null);
  worker.onmessage = async ({ data: picture }: MessageEvent<PlannedPicture>) => {
    try {
      worker.postMessage({
        result: await makePicture(picture, { folder, ranges, painter: await painter }),
      });
    } catch (error) {
      const reason = error instanceof Error ? error.stack ?? error.message : String(error);
      worker.postMessage({ error: `${picture.id} could not be made: ${reason}` });
    }
  };
};
