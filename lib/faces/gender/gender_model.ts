import type { Landmarks } from "../facemesh.ts";
import type { Square } from "../geometry.ts";

/** What a model says of one face. */
export interface Judgement {
  /** Probability in [0, 1] that the face reads as a woman's; null: the model cannot tell. */
  readonly pWoman: number | null;
  /** Apparent age in years; null: the model says nothing. */
  readonly age: number | null;
  /** A vector that is close for pictures of one person, where the model gives one. */
  readonly embedding?: Float32Array | null;
}

/** A network that reads presentation from a face. All models sit behind this. */
export interface GenderModel {
  /** Name under which its judgements are stored. */
  readonly name: string;
  /** Height and width of a view in pixels. */
  readonly side: number;
  /** The square of the source picture that the model wants to see, in its own convention. */
  frame(landmarks: Landmarks): Square;
  /**
   * Judges faces.
   *
   * @param views RGB values in [0, 255], [side, side, 3] each, in the model's framing
   */
  judge(views: readonly Float32Array[]): Promise<Judgement[]>;
}
