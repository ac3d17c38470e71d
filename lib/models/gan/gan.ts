import type * as tfjs from "@tensorflow/tfjs";

/** A forger and a judge of forgeries. */
export interface Gan {
  /** Codes [count, codeSize], drawn from N(0, I), to pictures [count, size, size, 3] in [0, 1]. */
  readonly generator: tfjs.LayersModel;
  /** The generator with the running mean of its weights: the one to draw pictures with. */
  readonly averaged: tfjs.LayersModel;
  /** Pictures to scores [count, 1]: above 0 where it takes the picture for a real one. */
  readonly discriminator: tfjs.LayersModel;
}

/** Numbers in a code of the generator. */
export function codeSizeOf({ generator }: Pick<Gan, "generator">): number {
  return generator.inputs[0]!.shape[1]!;
}

/** Frees all nets. */
export function disposeGan({ generator, averaged, discriminator }: Gan): void {
  for (const net of [generator, averaged, discriminator]) net.dispose();
}
