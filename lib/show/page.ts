import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Figure } from "./figure.ts";
import { escapeXml } from "./svg.ts";
import { family, ink } from "./theme.ts";

/**
 * A figure as one HTML document that carries plotly with it: it needs no server, no network and no
 * notebook. About 1.5 MB. `save(figure, "name.html")` writes it.
 */
export async function page({ traces, layout, text }: Figure): Promise<string> {
  const require = createRequire(import.meta.url);
  const plotly = await readFile(
    require.resolve("plotly.js-cartesian-dist-min/plotly-cartesian.min.js"),
    "utf8",
  );
  const figure = inScript({ data: traces, layout });
  return htmlDocument(
    text,
    `<div id="figure"></div>
<script>${plotly.replaceAll("</script", "<\\/script")}</script>
<script>
const figure = ${figure};
Plotly.newPlot("figure", figure.data, figure.layout, { displaylogo: false, responsive: true });
</script>`,
  );
}

/** A whole HTML document around a body. */
export function htmlDocument(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>
body { margin: 24px; font-family: ${family}, system-ui, sans-serif; color: ${ink.text}; background: ${ink.paper} }
</style>
${body}
</html>
`;
}

/** A value as JSON that may stand in a script element. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
