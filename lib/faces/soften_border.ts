import { invertTransform, type Transform, transformPoint } from "./geometry.ts";
import { reflect } from "./warp.ts";

/**
 * Makes the reflected part of a crop unobtrusive, as the FFHQ data set does: blurred from a little
 * inside the picture's edge, and fading into the crop's median colour further out. A crop that
 * leaves the picture by less than a tenth of its side stays as it is.
 *
 * @param values of the crop, [size, size, 3]; they are not changed
 * @param crop `picture`: size of the source; `transform`: source pixels to crop pixels
 */
export function softenBorder(
  values: Float32Array,
  { picture: { width, height }, transform, size }: {
    readonly picture: { readonly width: number; readonly height: number };
    readonly transform: Transform;
    readonly size: number;
  },
): Float32Array {
  const back = invertTransform(transform);
  const corners = [[0, 0], [size, 0], [0, size], [size, size]].map(([x, y]) =>
    transformPoint(back, [x!, y!])
  );
  const side = size / Math.hypot(transform[0], transform[1]);
  const beyond = [
    Math.max(...corners.map(([x]) => -x)),
    Math.max(...corners.map(([x]) => x - width)),
    Math.max(...corners.map(([, y]) => -y)),
    Math.max(...corners.map(([, y]) => y - height)),
  ];
  if (Math.max(...beyond) < 0.1 * side) return values;
  const [left, right, top, bottom] = beyond.map((overhang) => Math.max(overhang, 0.3 * side));
  const blurred = gaussianBlur(values, { size, deviation: 0.02 * size });
  const median = [0, 1, 2].map((channel) => medianOf(values, channel));
  const result = new Float32Array(values.length);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const [x, y] = transformPoint(back, [pixel % size + 0.5, Math.floor(pixel / size) + 0.5]);
    // 0 at the picture's edge, 1 at the outermost place that the crop reaches, negative inside.
    const depth = Math.max(-x / left!, (x - width) / right!, -y / top!, (y - height) / bottom!);
    const [blur, fade] = [clip(3 * depth + 1), clip(depth)];
    for (let channel = 0; channel < 3; channel++) {
      const at = 3 * pixel + channel;
      const soft = values[at]! + blur * (blurred[at]! - values[at]!);
      result[at] = soft + fade * (median[channel]! - soft);
    }
  }
  return result;
}

const clip = (value: number) => Math.min(1, Math.max(0, value));

function medianOf(values: Float32Array, channel: number): number {
  const own = values.filter((_, index) => index % 3 === channel).sort();
  return own[own.length >> 1]!;
}

/** A Gaussian blur, first along the rows, then along the columns, reflected at the edges. */
function gaussianBlur(
  values: Float32Array,
  { size, deviation }: { readonly size: number; readonly deviation: number },
): Float32Array {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from(
    { length: 2 * reach + 1 },
    (_, tap) => Math.exp(-0.5 * ((tap - reach) / deviation) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (source: Float32Array, stepX: number, stepY: number) => {
    const result = new Float32Array(source.length);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        for (let channel = 0; channel < 3; channel++) {
          let sum = 0;
          for (let tap = -reach; tap <= reach; tap++) {
            const [u, v] = [reflect(x + tap * stepX, size), reflect(y + tap * stepY, size)];
            sum += weights[tap + reach]! * source[3 * (v * size + u) + channel]!;
          }
          result[3 * (y * size + x) + channel] = sum / total;
        }
      }
    }
    return result;
  };
  return along(along(values, 1, 0), 0, 1);
}
