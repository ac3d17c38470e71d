import type { Bundle } from "./drawing.ts";

/** How a bundle is sent. */
export interface SendOptions {
  /** Name of the output: a later bundle of the same name replaces it. */
  readonly id?: string;
  /** True replaces the output that carries the name; false makes a new one. */
  readonly update?: boolean;
  /** Width in CSS pixels at which the pictures of the bundle are shown. */
  readonly width?: number;
}

/** The notebook that drawings are sent to. */
export interface Kernel {
  send(bundle: Bundle, options?: SendOptions): Promise<void>;
}

const jupyter: Kernel = {
  async send(bundle, { id, update = false, width } = {}) {
    const metadata: Record<string, unknown> = {};
    if (width !== undefined) {
      for (const type of ["image/png", "image/jpeg"]) {
        if (type in bundle) metadata[type] = { width };
      }
    }
    // Deno.jupyter.display has no way to pass metadata, and without it a picture of twice the
    // resolution is shown at twice its size.
    await Deno.jupyter.broadcast(update ? "update_display_data" : "display_data", {
      data: bundle,
      metadata,
      transient: id === undefined ? {} : { display_id: id },
    });
  },
};

let replacement: Kernel | null | undefined;

/** The kernel that runs this code, or null in a plain program. */
export function currentKernel(): Kernel | null {
  if (replacement !== undefined) return replacement;
  return isNotebook() ? jupyter : null;
}

/** Puts another kernel, or none (null), in place of the real one; `undefined` restores it. */
export function replaceKernel(kernel: Kernel | null | undefined): void {
  replacement = kernel;
}

function isNotebook(): boolean {
  try {
    return typeof Deno.jupyter?.broadcast === "function";
  } catch {
    // Outside of a kernel Deno refuses the mere look at Deno.jupyter.
    return false;
  }
}
