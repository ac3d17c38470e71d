import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { element, textElement } from "../../lib/show/svg.ts";
import type { Result } from "./compare.ts";
import { shape } from "./data.ts";
import { networks, trainings } from "./names.ts";

const width = 860;
const row = 26;
const bar = 16;
const labels = 170;
const columns = 3;
const column = (width - labels) / columns;
const longest = column - 70;

/** Draws a comparison: pictures a second of every peer, and the face networks below. */
export async function saveFigure(
  workloads: Readonly<Record<string, readonly Result[]>>,
  path: string,
): Promise<void> {
  const trained = Object.keys(trainings).filter((name) => workloads[name]);
  const run = Object.keys(networks).filter((name) => workloads[name]);
  const peers = trained[0] ? workloads[trained[0]]!.map(({ peer }) => peer) : [];
  const parts: string[] = [];
  const text = (words: string, x: number, y: number, name: string) =>
    parts.push(element("g", { class: name }, textElement(words, x, y, { size: 13, fill: "" })));
  const beam = (x: number, y: number, length: number, name: string) =>
    parts.push(
      element("rect", { class: name, x, y: y - bar / 2, width: length, height: bar, rx: 2 }),
    );

  let y = 20;
  if (trained.length > 0) text("Training, pictures a second", 0, y, "head");
  y += row;
  trained.forEach((name, index) => text(trainings[name]!, labels + index * column, y, "text"));
  for (const peer of peers) {
    y += row;
    const own = peer === peers[0] ? "own" : "other";
    text(peer, 0, y, own === "own" ? "head" : "text");
    trained.forEach((name, index) => {
      const results = workloads[name]!;
      const fastest = Math.min(...results.map(({ median }) => median));
      const { median } = results.find((result) => result.peer === peer)!;
      const x = labels + index * column;
      const length = longest * fastest / median;
      beam(x, y, length, own);
      text(String(Math.round(1000 * shape.batch / median)), x + length + 6, y, "text");
    });
  }

  y += 2 * row;
  if (run.length > 0) text("Face networks, milliseconds a picture", 0, y, "head");
  const slowest = Math.max(...run.flatMap((name) => workloads[name]!.map(({ median }) => median)));
  for (const name of run) {
    workloads[name]!.forEach(({ median }, index) => {
      y += index === 0 ? row + 6 : row - 6;
      if (index === 0) text(networks[name]!, 0, y + (row - 6) / 2, "text");
      const length = (width - labels - 250) * median / slowest;
      beam(labels, y, length, index === 0 ? "own" : "other");
      const words = `${(median / 8).toFixed(1)}  ${workloads[name]![index]!.peer}`;
      text(words, labels + length + 6, y, "text");
    });
  }

  const height = y + 20;
  const svg = element("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  }, `<style>${style}</style>${parts.join("\n")}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${svg}\n`);
}

/** Colours that can be read on white and on black. */
const style = `
  text { font-family: Pretendard, system-ui, sans-serif; fill: #6f7178 }
  .head text { fill: #8266d0; font-weight: 600 }
  .own { fill: #8266d0 }
  .other { fill: #9a9ca5 }
`;
