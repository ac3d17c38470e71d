import { Drawing } from "./drawing.ts";
import { fitText, textWidth, wrapText } from "./font.ts";
import { formatNumber, formatShare } from "./number_format.ts";
import { element, svgDocument, svgEncodings, textElement } from "./svg.ts";
import { ink, series, type } from "./theme.ts";

/** One stage of a funnel. */
export interface FunnelStep {
  /** What is counted here: "pictures fetched". */
  readonly name: string;
  readonly count: number;
  /** What was lost between the step before and this one: a count for each reason. */
  readonly reasons?: Readonly<Record<string, number>>;
}

/** How a funnel is drawn. */
export interface FunnelOptions {
  readonly title?: string;
  /** Width in CSS pixels. Default: 720. */
  readonly width?: number;
}

/**
 * How many are left after each stage, as a share of the first one, and why the others are gone.
 */
export function funnel(steps: readonly FunnelStep[], options: FunnelOptions = {}): Drawing {
  if (steps.length === 0) throw new RangeError("Expected at least one step of the funnel");
  const { title, width = 720 } = options;
  const svg = funnelSvg(steps, title, width);
  return new Drawing({
    text: funnelText(steps, title),
    width,
    ...svgEncodings(svg),
  });
}

function reasonTexts({ reasons = {} }: FunnelStep): string[] {
  return Object.entries(reasons)
    .filter(([, count]) => count > 0)
    .sort(([, first], [, second]) => second - first)
    .map(([reason, count]) => `${formatNumber(count)} ${reason}`);
}

function funnelText(steps: readonly FunnelStep[], title: string | undefined): string {
  const lines = steps.flatMap((step) => {
    const lost = reasonTexts(step).join(", ");
    return [...(lost ? [`  − ${lost}`] : []), `${formatNumber(step.count)} ${step.name}`];
  });
  return [...(title ? [title] : []), ...lines].join("\n");
}

function funnelSvg(steps: readonly FunnelStep[], title: string | undefined, width: number): string {
  const margin = 16;
  const first = steps[0]?.count ?? 0;
  const largest = Math.max(1, ...steps.map(({ count }) => count));
  const names = Math.min(220, Math.max(...steps.map(({ name }) => textWidth(name, type.label))));
  const left = margin + names + 14;
  const numbers = 110;
  const room = width - left - margin - numbers;
  const parts: string[] = [];
  let y = 8;
  if (title) {
    parts.push(textElement(title, margin, y + 12, { size: type.title, weight: 600 }));
    y += 36;
  }
  steps.forEach((step, position) => {
    // No-break spaces keep a reason on one line.
    const lost = reasonTexts(step).map((text) => text.replaceAll(" ", "\u00a0")).join(" · ");
    const lines = lost ? wrapText(`− ${lost}`, width - left - margin, type.tick) : [];
    for (const line of lines) {
      parts.push(textElement(line, left, y + 9, { size: type.tick, fill: ink.quiet }));
      y += 18;
    }
    y += lines.length > 0 ? 6 : position > 0 ? 4 : 0;
    const name = fitText(step.name, names + 1, type.label);
    parts.push(
      textElement(name, left - 14, y + barHeight / 2, { anchor: "end" }),
      element("rect", {
        x: left,
        y,
        width: Math.max(1, room * step.count / largest),
        height: barHeight,
        rx: 3,
        fill: series[0],
        "fill-opacity": 1 - 0.5 * position / Math.max(1, steps.length - 1) * 0.7,
      }),
    );
    const end = left + room * step.count / largest + 10;
    const count = formatNumber(step.count);
    parts.push(textElement(count, end, y + barHeight / 2, { weight: 600 }));
    if (position > 0 && first > 0) {
      parts.push(
        textElement(
          formatShare(step.count / first),
          end + textWidth(count, type.label, 600) + 8,
          y + barHeight / 2,
          { size: type.tick, fill: ink.quiet },
        ),
      );
    }
    y += barHeight + 8;
  });
  return svgDocument(width, y + 4, parts.join(""));
}

const barHeight = 26;
