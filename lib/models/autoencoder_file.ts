import { join } from "node:path";
import type { Autoencoder } from "./autoencoder.ts";
import { loadLayersModel, saveLayersModel } from "./layers_model_file.ts";

/** Writes both nets: `encoder/` and `decoder/` below the folder, each with model.json and weights.bin. */
export async function saveAutoencoder(autoencoder: Autoencoder, folder: string): Promise<void> {
  await saveLayersModel(autoencoder.encoder, join(folder, "encoder"));
  await saveLayersModel(autoencoder.decoder, join(folder, "decoder"));
}

/**
 * Reads both nets.
 *
 * @throws Error where a file is missing or damaged
 */
export async function loadAutoencoder(folder: string): Promise<Autoencoder> {
  const encoder = await loadLayersModel(join(folder, "encoder"));
  const decoder = await loadLayersModel(join(folder, "decoder"));
  return { encoder, decoder };
}
