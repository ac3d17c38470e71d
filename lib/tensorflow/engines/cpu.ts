import { plainJavaScript } from "../fallback/plain_javascript.ts";
import { tf } from "../tfjs.ts";
import type { Engine } from "./engine.ts";

/** Starts TensorFlow.js in plain JavaScript: runs everywhere, slowly. */
export async function startCpu(): Promise<Engine> {
  plainJavaScript();
  await tf.setBackend("cpu");
  return { name: "cpu", version: tf.version.tfjs, library: null, reason: "plain JavaScript" };
}
