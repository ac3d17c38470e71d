import { createHash } from "node:crypto";
import { Drawing } from "./drawing.ts";
import { htmlDocument, inScript } from "./page.ts";

/** What an interactive drawing is made of. */
export interface InteractiveParts<Settings, Tool = undefined> {
  readonly text: string;
  /** Runs in the page. It may use nothing but its arguments and the browser. */
  readonly script: (root: HTMLElement, settings: Settings, tool: Tool) => void;
  /** A function that the script is handed, because several need it. It may use no more than they. */
  readonly tool?: Tool;
  /** HTML that is seen where scripts do not run, and what the script is told to bring it to life. */
  readonly make: () => Promise<{ readonly html: string; readonly settings: Settings }>;
  /** A picture of it, for `save(drawing, "name.png")`. */
  readonly still: () => Promise<Uint8Array>;
}

/**
 * A drawing that carries its own data and script: it works without a kernel, in JupyterLab, in VS
 * Code and as a page of its own. GitHub runs no scripts and shows little of it: show a still before.
 */
export function interactive<Settings, Tool = undefined>(
  parts: InteractiveParts<Settings, Tool>,
): Drawing {
  const { text, script, tool, make, still } = parts;
  let made: Promise<string> | undefined;
  const fragment = () =>
    made ??= make().then(({ html, settings }) => {
      const data = inScript(settings);
      // The same output may stand on a page twice, and its script runs for each: by name, it finds
      // every one that has not been brought to life.
      const name = createHash("sha256").update(html).update(data).digest("hex").slice(0, 12);
      return `<div data-show="${name}">${html}</div>
<script>
for (const root of document.querySelectorAll('[data-show="${name}"]:not([data-alive])')) {
  root.dataset.alive = "";
  (${script})(root, ${data}, ${tool});
}
</script>`;
    });
  return new Drawing({
    text,
    make: () => Promise.resolve([]),
    data: async () => ({ "text/html": await fragment() }),
    files: {
      ".html": async () => new TextEncoder().encode(htmlDocument(text, await fragment())),
      ".png": still,
    },
  });
}
