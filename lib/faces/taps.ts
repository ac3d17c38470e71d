/** Catmull-Rom: Keys' cubic convolution with a = -1/2, exact for quadratic pictures. */
const cubic = (t: number): number => {
  const x = Math.abs(t);
  if (x < 1) return 1 + x * x * (1.5 * x - 2.5);
  if (x < 2) return 2 - x * (4 - x * (2.5 - 0.5 * x));
  return 0;
};

const linear = (t: number): number => Math.max(0, 1 - Math.abs(t));

const kernels = { cubic: { weight: cubic, radius: 2 }, linear: { weight: linear, radius: 1 } };

/** A kernel's weights for every place of an output pixel between two source pixels. */
export interface Taps {
  /** Source pixels that one output pixel reads in a row. */
  readonly count: number;
  /** How far from its middle the kernel reads, in source pixels. */
  readonly reach: number;
  /** [places + 1, count]: for the first tap from 0 to 1 pixel inside the reach; rows sum to 1. */
  readonly weights: Float32Array;
}

/** An output pixel is placed to this part of a source pixel: an error far below a grey level. */
export const places = 256;

/** The taps of a kernel that is stretched over `stretch` times as many source pixels. */
export function tapsOf(kernel: "cubic" | "linear", stretch: number): Taps {
  const { weight, radius } = kernels[kernel];
  const reach = radius * stretch;
  const count = Math.ceil(2 * reach);
  const weights = new Float32Array((places + 1) * count);
  for (let place = 0; place <= places; place++) {
    const row = weights.subarray(place * count, (place + 1) * count);
    let total = 0;
    for (let tap = 0; tap < count; tap++) {
      row[tap] = weight((tap + place / places - reach) / stretch);
      total += row[tap]!;
    }
    for (let tap = 0; tap < count; tap++) row[tap]! /= total;
  }
  return { count, reach, weights };
}
