/** A colour map: the colour of a value from 0 (start) to 1 (end), 0 to 255 each channel. */
export type ColorMap = (value: number) => readonly [number, number, number];

/** The map through evenly spaced colours that CSS writes as #rrggbb. */
export function colorsThrough(colours: readonly string[]): ColorMap {
  const stops = (colours.length > 0 ? colours : ["#000000", "#ffffff"]).map((colour) =>
    [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
  );
  return (value) => {
    const at = Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)) * (stops.length - 1);
    const below = stops[Math.floor(at)] as number[];
    const above = stops[Math.ceil(at)] as number[];
    const share = at - Math.floor(at);
    const mix = (channel: number) =>
      Math.round((below[channel] ?? 0) * (1 - share) + (above[channel] ?? 0) * share);
    return [mix(0), mix(1), mix(2)];
  };
}

/**
 * Perceptually even colour maps: every sixteenth of the way through matplotlib's viridis, magma and
 * inferno (S. van der Walt, N. Smith, E. Firing; CC0), and ColorBrewer's RdBu.
 */
const controlPoints = {
  viridis:
    "44015448186a472d7b4240863b528b33638d2c728e26828e21918c1f9f8827ad813dbc745cc86381d34daadc32" +
    "d5e21afde725",
  magma:
    "0000040a08221d114736106b51127c6a1c818326819c2e7fb73779cf4070e55064f4695cfb8761fea571fec287" +
    "fde0a1fcfdbf",
  inferno:
    "0000040b0724210c4a3d096557106e71196e8a226aa32c61bc3754d04545e35933f1711ff98c0afcaa0ff9c932" +
    "f2e865fcffa4",
  /** From blue over near-white to red, for values with a meaningful middle. */
  difference: "2166ac4393c392c5ded1e5f0f7f7f7fddbc7f4a582d6604db2182b",
} as const;

/** Name of a colour map. */
export type ColorMapName = keyof typeof controlPoints;

/** The colours that a map goes through, evenly spaced, as CSS writes them. */
export function colorStops(name: ColorMapName): string[] {
  return (controlPoints[name].match(/.{6}/g) ?? []).map((colour) => `#${colour}`);
}

/** The colour map of a name. */
export function colorMap(name: ColorMapName): ColorMap {
  return colorsThrough(colorStops(name));
}

/** A colour as CSS writes it. */
export function cssColor([red, green, blue]: readonly [number, number, number]): string {
  return "#" + [red, green, blue].map((value) => value.toString(16).padStart(2, "0")).join("");
}
