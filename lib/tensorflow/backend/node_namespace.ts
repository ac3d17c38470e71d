import type * as TensorFlowJs from "@tensorflow/tfjs";
import { requirePackage, tf } from "../tfjs.ts";

/** What tfjs-node adds to TensorFlow.js: pictures, saved models, TensorBoard. */
export type NodeNamespace = typeof TensorFlowJs & { readonly node: Record<string, unknown> };

let namespace: NodeNamespace | null = null;

/** What `require("@tensorflow/tfjs-node")` would give where its C++ addon were installed. */
export function nodeNamespace(): NodeNamespace {
  if (namespace) return namespace;
  const { node } = requirePackage("@tensorflow/tfjs-node/dist/node.js");
  // Every name is looked up in `tf` at each use, as with the real package.
  const properties = Object.keys(tf).map((name) =>
    [name, { enumerable: true, get: () => tf[name as keyof typeof tf] }] as const
  );
  // Human calls this on WebAssembly; the paths are already set by then.
  const setWasmPaths = () => {};
  namespace = Object.defineProperties(
    { node, setWasmPaths },
    Object.fromEntries(properties),
  ) as unknown as NodeNamespace;
  return namespace;
}
