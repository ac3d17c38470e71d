import type { Vector } from "./camera.ts";
import type { Cloth } from "./clothes.ts";
import { Eyeball, eyeDepth, type EyeSample } from "./eyes.ts";
import type { Figure } from "./figure.ts";
import { attributeCount, material } from "./geometry.ts";
import { strandsAcross } from "./hair/strands.ts";
import { lightRig } from "./light.ts";
import { smoothstep } from "./noise.ts";
import { Occlusion } from "./occlusion.ts";
import { hash } from "./random.ts";
import type { VisibilityBuffer } from "./rasteriser.ts";
import { FacePaint, skinColor, type Surface } from "./skin.ts";

/** Samples along each side of a pixel. */
export const samplesAcross = 2;

/** A painted figure: premultiplied linear colour and coverage, four numbers a pixel. */
export interface Layer {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}

/** Paints what the visibility buffer sees, with light, and averages the samples of each pixel. */
export function shade(figure: Figure, buffer: VisibilityBuffer): Layer {
  const shader = new Shader(figure, buffer);
  const width = buffer.width / samplesAcross;
  const height = buffer.height / samplesAcross;
  const pixels = new Float32Array(width * height * 4);
  const { triangle: ids } = buffer;
  const kinds = figure.geometry.materials;
  const wide = buffer.width;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = 2 * column;
      const y = 2 * row;
      const at = y * wide + x;
      const a = ids[at]!;
      const b = ids[at + 1]!;
      const c = ids[at + wide]!;
      const d = ids[at + wide + 1]!;
      if ((a & b & c & d) === -1) continue;
      const out = 4 * (row * width + column);
      const same = a >= 0 && b >= 0 && c >= 0 && d >= 0 && kinds[a] === kinds[b] &&
        kinds[a] === kinds[c] && kinds[a] === kinds[d];
      if (same && kinds[a] !== material.hair) {
        // Inside one surface the painting is smooth: one sample in the middle is enough.
        shader.sample(a, x + 0.5, y + 0.5);
        add(pixels, out, shader, 1);
      } else if (same) {
        shader.sample(a, x, y);
        add(pixels, out, shader, 0.5);
        shader.sample(d, x + 1, y + 1);
        add(pixels, out, shader, 0.5);
      } else {
        for (let corner = 0; corner < 4; corner++) {
          const sx = x + (corner & 1);
          const sy = y + (corner >> 1);
          const seen = ids[sy * wide + sx]!;
          if (seen < 0) continue;
          shader.sample(seen, sx, sy);
          add(pixels, out, shader, 0.25);
        }
      }
    }
  }
  return { width, height, pixels };
}

function add(pixels: Float32Array, at: number, { red, green, blue }: Shader, share: number): void {
  pixels[at]! += Math.min(1.6, red) * share;
  pixels[at + 1]! += Math.min(1.6, green) * share;
  pixels[at + 2]! += Math.min(1.6, blue) * share;
  pixels[at + 3]! += share;
}

class Shader {
  red = 0;
  green = 0;
  blue = 0;
  readonly #figure: Figure;
  readonly #rig: ReturnType<typeof lightRig>;
  readonly #occlusion: Occlusion;
  readonly #paint: FacePaint;
  readonly #eyes: readonly [Eyeball, Eyeball];
  readonly #half: Vector;
  readonly #soft: number;
  readonly #surface: Surface = { red: 0, green: 0, blue: 0, gloss: 0, sharpness: 10, scalp: 0 };
  readonly #eye: EyeSample = { cover: 0, red: 0, green: 0, blue: 0, glint: 0 };
  readonly #cloth: Cloth = { cover: 0, red: 0, green: 0, blue: 0, gloss: 0, shade: 1 };
  readonly #values = new Float64Array(attributeCount);
  readonly #skin;

  constructor(figure: Figure, buffer: VisibilityBuffer) {
    this.#figure = figure;
    const { factors, layout, head, camera } = figure;
    const rig = lightRig(factors.pose.light);
    this.#rig = rig;
    this.#occlusion = new Occlusion(buffer, camera.scale, rig.key);
    this.#paint = new FacePaint(factors.person, layout);
    this.#skin = skinColor(factors.person);
    const hx = rig.key[0];
    const hy = rig.key[1];
    const hz = rig.key[2] + 1;
    const size = Math.hypot(hx, hy, hz);
    this.#half = [hx / size, hy / size, hz / size];
    this.#soft = Math.max(0.004, 0.8 / camera.scale);
    const { gaze } = factors.pose;
    const look: Vector = [
      Math.sin(gaze.yaw) * Math.cos(gaze.pitch),
      Math.sin(gaze.pitch),
      Math.cos(gaze.yaw) * Math.cos(gaze.pitch),
    ];
    // The head cannot turn further than the eyes can follow.
    const local = limited(head.local(look), 0.62);
    const set = {
      factors,
      depth: eyeDepth(layout),
      view: head.local([0, 0, 1]),
      gaze: local,
      right: head.local([1, 0, 0]),
      up: head.local([0, 1, 0]),
    };
    this.#eyes = [new Eyeball(layout.eyes[0], set), new Eyeball(layout.eyes[1], set)];
  }

  /** Colour of a triangle at a sample's centre, into `red`, `green` and `blue`. */
  sample(triangle: number, x: number, y: number): void {
    const { geometry } = this.#figure;
    const kind = geometry.materials[triangle]!;
    const values = this.#values;
    const a = geometry.corners[3 * triangle]!;
    const b = geometry.corners[3 * triangle + 1]!;
    const c = geometry.corners[3 * triangle + 2]!;
    const ax = geometry.screenX[a]!;
    const ay = geometry.screenY[a]!;
    const bx = geometry.screenX[b]! - ax;
    const by = geometry.screenY[b]! - ay;
    const cx = geometry.screenX[c]! - ax;
    const cy = geometry.screenY[c]! - ay;
    const inverse = 1 / (bx * cy - by * cx);
    const px = x + 0.5 - ax;
    const py = y + 0.5 - ay;
    const wb = (px * cy - py * cx) * inverse;
    const wc = (bx * py - by * px) * inverse;
    const wa = 1 - wb - wc;
    const { attributes } = geometry;
    const count = kind === material.thing
      ? 7
      : kind === material.hair || kind === material.head
      ? 9
      : 6;
    const at = a * attributeCount;
    const bt = b * attributeCount;
    const ct = c * attributeCount;
    for (let index = 0; index < count; index++) {
      values[index] = attributes[at + index]! * wa + attributes[bt + index]! * wb +
        attributes[ct + index]! * wc;
    }
    const ambient = this.#occlusion.read(this.#occlusion.ambient, x, y);
    const direct = this.#occlusion.read(this.#occlusion.direct, x, y);
    switch (kind) {
      case material.hair:
        return this.#hair(geometry.parts[triangle]!, ambient, direct);
      case material.body:
        return this.#body(ambient, direct);
      case material.thing:
        return this.#thing(ambient, direct);
      default:
        return this.#face(kind === material.ear, ambient, direct);
    }
  }

  #face(ear: boolean, ambient: number, direct: number): void {
    const values = this.#values;
    const surface = this.#surface;
    const x = values[0]!;
    const y = values[1]!;
    const z = values[2]!;
    if (ear) {
      const shell = Math.hypot((y + 0.12) / 0.27, (z + 0.09) / 0.16);
      const hollow = smoothstep(0.72, 0.3, shell) +
        0.5 * smoothstep(0.1, 0, Math.abs(shell - 0.74));
      surface.red = this.#skin[0] * (0.98 - 0.3 * hollow);
      surface.green = this.#skin[1] * (0.88 - 0.42 * hollow);
      surface.blue = this.#skin[2] * (0.86 - 0.42 * hollow);
      surface.gloss = 0.08;
      surface.sharpness = 10;
      surface.scalp = 0;
    } else this.#paint.at(x, y, z, this.#soft, surface);
    this.#skinLight(ambient, direct);
    if (surface.scalp > 0.01) {
      const { red, green, blue } = this;
      const share = surface.scalp;
      this.#scalp(ambient, direct);
      this.red = red + (this.red - red) * share;
      this.green = green + (this.green - green) * share;
      this.blue = blue + (this.blue - blue) * share;
      return;
    }
    if (ear || z < 0.3 || y > 0.2 || y < -0.2) return;
    const eye = this.#eye;
    this.#eyes[x < 0 ? 0 : 1].at(x, y, z, this.#soft, eye);
    if (eye.cover === 0) return;
    const rig = this.#rig;
    const lit = 0.45 + 0.55 * Math.max(0, rig.key[2]);
    const light = (channel: 0 | 1 | 2) =>
      (rig.sky[channel] * ambient + rig.keyColor[channel] * lit * (0.5 + 0.5 * direct) +
        rig.fillColor[channel]) * 0.98;
    const glint = eye.glint * (0.5 + 0.5 * direct);
    this.red += (eye.red * light(0) + glint - this.red) * eye.cover;
    this.green += (eye.green * light(1) + glint - this.green) * eye.cover;
    this.blue += (eye.blue * light(2) + glint - this.blue) * eye.cover;
  }

  /** Light on skin: wraps further round for red than for blue, as light does that enters it. */
  #skinLight(ambient: number, direct: number): void {
    const values = this.#values;
    const surface = this.#surface;
    const rig = this.#rig;
    const size = 1 / Math.hypot(values[3]!, values[4]!, values[5]!);
    const nx = values[3]! * size;
    const ny = values[4]! * size;
    const nz = values[5]! * size;
    const facing = nx * rig.key[0] + ny * rig.key[1] + nz * rig.key[2];
    const wrapped = (wrap: number) => {
      const value = (facing + wrap) / (1 + wrap);
      return value <= 0 ? 0 : value * (0.75 + 0.25 * value);
    };
    // A shadow on skin has a red edge.
    const shadowRed = Math.pow(direct, 0.7);
    const keyRed = wrapped(0.6) * (0.22 + 0.78 * shadowRed);
    const keyGreen = wrapped(0.48) * (0.14 + 0.86 * direct);
    const keyBlue = wrapped(0.44) * (0.13 + 0.87 * direct);
    const up = 0.5 + 0.5 * ny;
    const fill = Math.max(0, nx * rig.fill[0] + ny * rig.fill[1] + nz * rig.fill[2]);
    const ambientRed = Math.pow(ambient, 0.75);
    const rimFacing = Math.max(0, nx * rig.rim[0] + ny * rig.rim[1] + nz * rig.rim[2]);
    const edge = 1 - Math.max(0, nz);
    const rim = rimFacing * smoothstep(0.35, 0.95, edge) * ambient * 0.9;
    const half = Math.max(0, nx * this.#half[0] + ny * this.#half[1] + nz * this.#half[2]);
    const shine = surface.gloss * direct *
      (0.55 * Math.pow(half, surface.sharpness) + 0.75 * Math.pow(half, surface.sharpness * 4.5));
    const sheen = 0.05 * edge * edge * edge * ambient;
    this.red = surface.red *
        (rig.keyColor[0] * keyRed +
          (rig.ground[0] + (rig.sky[0] - rig.ground[0]) * up) * ambientRed +
          rig.fillColor[0] * fill * ambient) +
      rig.rimColor[0] * rim * (0.3 * surface.red + 0.12) +
      rig.keyColor[0] * shine * 0.5 + rig.sky[0] * sheen;
    this.green = surface.green *
        (rig.keyColor[1] * keyGreen +
          (rig.ground[1] + (rig.sky[1] - rig.ground[1]) * up) * ambient +
          rig.fillColor[1] * fill * ambient) +
      rig.rimColor[1] * rim * (0.3 * surface.green + 0.12) +
      rig.keyColor[1] * shine * 0.5 + rig.sky[1] * sheen;
    this.blue = surface.blue *
        (rig.keyColor[2] * keyBlue + (rig.ground[2] + (rig.sky[2] - rig.ground[2]) * up) * ambient +
          rig.fillColor[2] * fill * ambient) +
      rig.rimColor[2] * rim * (0.3 * surface.blue + 0.12) +
      rig.keyColor[2] * shine * 0.5 + rig.sky[2] * sheen;
  }

  #body(ambient: number, direct: number): void {
    const values = this.#values;
    const cloth = this.#cloth;
    const surface = this.#surface;
    this.#figure.clothes.at(values[0]!, values[1]!, values[2]!, this.#soft, cloth);
    surface.red = this.#skin[0];
    surface.green = this.#skin[1];
    surface.blue = this.#skin[2];
    surface.gloss = 0.1;
    surface.sharpness = 12;
    if (cloth.cover > 0) {
      const shade = cloth.shade * cloth.cover;
      const keep = 1 - cloth.cover;
      surface.red = surface.red * keep + cloth.red * shade;
      surface.green = surface.green * keep + cloth.green * shade;
      surface.blue = surface.blue * keep + cloth.blue * shade;
      surface.gloss = surface.gloss * keep + cloth.gloss * cloth.cover;
    }
    this.#skinLight(ambient, direct);
  }

  #thing(ambient: number, direct: number): void {
    const values = this.#values;
    const surface = this.#surface;
    surface.red = values[0]!;
    surface.green = values[1]!;
    surface.blue = values[2]!;
    surface.gloss = values[6]!;
    surface.sharpness = 30;
    this.#skinLight(ambient, direct);
  }

  /**
   * Hair after Kajiya and Kay (1989): light depends on the angle to the strand, and a highlight runs
   * across all strands as a ring; a second one, shifted towards the tip, has the hair's own colour.
   */
  #hair(lock: number, ambient: number, direct: number): void {
    const values = this.#values;
    const place = (values[0]! * 0.5 + 0.5) * strandsAcross;
    this.#strands(
      {
        lock,
        colors: lock,
        place,
        open: values[2]!,
        dye: values[9]!,
        own: smoothstep(0.02, 0.3, values[1]!),
      },
      ambient,
      direct,
    );
  }

  /** The hair that grows at a place of the head, seen between the locks. */
  #scalp(ambient: number, direct: number): void {
    const values = this.#values;
    // Count strands across their direction, on the head's own axes.
    const [tx, ty, tz] = this.#figure.head.local([values[6]!, values[7]!, values[8]!]);
    const x = values[0]!;
    const y = values[1]! - 0.2;
    const z = values[2]!;
    const bx = Math.abs(y * tz - z * ty);
    const by = Math.abs(z * tx - x * tz);
    const bz = Math.abs(x * ty - y * tx);
    const strand = 64 * (bx > by && bx > bz ? x : by > bz ? y : z) + 500;
    for (let axis = 0; axis < 3; axis++) {
      const tangent = values[6 + axis]!;
      values[6 + axis] = values[3 + axis]!;
      values[3 + axis] = tangent;
    }
    const colors = this.#figure.lockColors.length / 6 - 1;
    this.#strands(
      { lock: 9999, colors, place: strand, open: 0.8, dye: 0, own: 0 },
      ambient,
      direct,
    );
  }

  #strands(
    { lock, colors: paint, place, open, dye: depth, own }: {
      lock: number;
      colors: number;
      place: number;
      open: number;
      dye: number;
      /** How far the lock's own colour shows and not yet the cap's, from which it rises. */
      own: number;
    },
    ambient: number,
    direct: number,
  ): void {
    const values = this.#values;
    const rig = this.#rig;
    let size = 1 / (Math.hypot(values[3]!, values[4]!, values[5]!) || 1);
    const tx = values[3]! * size;
    const ty = values[4]! * size;
    const tz = values[5]! * size;
    size = 1 / (Math.hypot(values[6]!, values[7]!, values[8]!) || 1);
    let nx = values[6]! * size;
    let ny = values[7]! * size;
    let nz = values[8]! * size;
    if (nz < 0) {
      nx = -nx;
      ny = -ny;
      nz = -nz;
    }
    const coarse = strandTone(lock, place);
    const fine = strandTone(lock + 91, place * 2.6);
    const strand = 0.62 + 0.5 * coarse + 0.26 * fine;
    const colors = this.#figure.lockColors;
    const at = 6 * paint;
    // Dyed ends begin about half way.
    const dye = smoothstep(0.4, 0.75, depth + 0.12 * (coarse - 0.5));
    const cap = colors.length - 6;
    const tint = (channel: number) => {
      const base = colors[cap + channel]!;
      const root = base + (colors[at + channel]! - base) * own;
      return (root + (colors[at + 3 + channel]! - root) * dye * own) * strand;
    };
    const along = tx * rig.key[0] + ty * rig.key[1] + tz * rig.key[2];
    const facing = nx * rig.key[0] + ny * rig.key[1] + nz * rig.key[2];
    const soft = Math.max(0, (facing + 0.4) / 1.4);
    const diffuse = (0.35 * Math.sqrt(Math.max(0, 1 - along * along)) + 0.65 * soft) * soft ** 0.5;
    const shift = 0.16 * (coarse - 0.5);
    const half = tx * this.#half[0] + ty * this.#half[1] + tz * this.#half[2];
    const first = half + 0.08 + shift;
    const second = half - 0.14 + shift * 1.6;
    const gloss = Math.pow(Math.max(0, 1 - first * first), 50) * (0.25 + 0.75 * fine);
    const glow = Math.pow(Math.max(0, 1 - second * second), 16);
    const lit = open * (0.3 + 0.7 * direct);
    const shade = open * ambient * ambient;
    const up = 0.5 + 0.5 * ny;
    const rimFacing = Math.max(0, nx * rig.rim[0] + ny * rig.rim[1] + nz * rig.rim[2]);
    const rim = (rimFacing + 0.25) * smoothstep(0.3, 0.95, 1 - Math.abs(nz)) * open * ambient *
      0.55;
    const lightOf = (channel: 0 | 1 | 2, paint: number) =>
      paint * (rig.keyColor[channel] * (1.15 * diffuse + 0.75 * glow) * lit +
          (rig.ground[channel] + (rig.sky[channel] - rig.ground[channel]) * up) * shade +
          rig.rimColor[channel] * rim * 1.1) +
      rig.keyColor[channel] * gloss * lit * soft * 0.14 * (0.75 + Math.sqrt(paint)) +
      rig.rimColor[channel] * rim * 0.09;
    this.red = lightOf(0, tint(0));
    this.green = lightOf(1, tint(1));
    this.blue = lightOf(2, tint(2));
  }
}

/** Brightness of the strands of a lock, smooth across, in [0, 1]. */
function strandTone(lock: number, place: number): number {
  const strand = Math.floor(place);
  const share = place - strand;
  const left = hash(lock, strand);
  return left + (hash(lock, strand + 1) - left) * share;
}

/** A direction brought within an angle of straight ahead. */
function limited([x, y, z]: Vector, limit: number): Vector {
  const aside = Math.hypot(x, y);
  const angle = Math.atan2(aside, z);
  if (angle <= limit) return [x, y, z];
  const factor = Math.sin(limit) / aside;
  return [x * factor, y * factor, Math.cos(limit)];
}
