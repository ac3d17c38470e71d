import type { Autoencoder } from "./autoencoder.ts";

/** One layer of an autoencoder, in the order in which a picture meets it. */
export interface LayerSize {
  readonly layer: string;
  /** Shape of what the layer gives, without the number of pictures. */
  readonly shape: readonly number[];
  /** Numbers in it. */
  readonly values: number;
  /** Weights that training changes. */
  readonly weights: number;
}

/** The layers from the picture to the code and back that change how many numbers there are. */
export function layerSizes({ encoder, decoder }: Autoencoder): LayerSize[] {
  const sizes: LayerSize[] = [];
  for (const layer of [...encoder.layers, ...decoder.layers.slice(1)]) {
    const shape = (layer.outputShape as number[]).slice(1);
    const values = shape.reduce((product, length) => product * length, 1);
    const weights = layer.trainableWeights.reduce(
      (sum, { shape }) => sum + shape.reduce((product, length) => product! * length!, 1)!,
      0,
    );
    if (sizes.length === 0 || weights > 0) {
      sizes.push({ layer: layer.name, shape, values, weights });
    }
  }
  return sizes;
}
