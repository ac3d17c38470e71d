import type { Vector } from "./camera.ts";
import type { Cloth } from "./clothes.ts";
import { Eyeball, eyeDepth, type EyeSample } from "./eyes.ts";
import type { Figure } from "./figure.ts";
import { attributeCount, material } from "./geometry.ts";
import { lightStrand } from "./hair/strand_light.ts";
import { strandsAcross } from "./hair/strands.ts";
import { type LightRig, lightRig } from "./light.ts";
import { smoothstep } from "./noise.ts";
import { Occlusion } from "./occlusion.ts";
import type { VisibilityBuffer } from "./rasteriser.ts";
import { FacePaint, skinColor } from "./skin.ts";
import { Surface } from "./surface.ts";
import { lightSurface } from "./surface_light.ts";

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
  readonly #rig: LightRig;
  readonly #occlusion: Occlusion;
  readonly #paint: FacePaint;
  readonly #eyes: readonly [Eyeball, Eyeball];
  readonly #soft: number;
  readonly #surface = new Surface();
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
      : kind === material.hair
      ? 10
      : kind === material.head
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
      surface.reset(this.#skin, 0.08, 10);
      surface.multiply(1, 0.98 - 0.3 * hollow, 0.88 - 0.42 * hollow, 0.86 - 0.42 * hollow);
    } else this.#paint.at(x, y, z, this.#soft, surface);
    this.#light(ambient, direct);
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

  #light(ambient: number, direct: number): void {
    const values = this.#values;
    const normal = [values[3]!, values[4]!, values[5]!] as const;
    lightSurface(this.#surface, normal, { rig: this.#rig, ambient, direct }, this);
  }

  #body(ambient: number, direct: number): void {
    const values = this.#values;
    const cloth = this.#cloth;
    const surface = this.#surface;
    this.#figure.clothes.at(values[0]!, values[1]!, values[2]!, this.#soft, cloth);
    surface.reset(this.#skin, 0.1, 12);
    if (cloth.cover > 0) {
      const shade = cloth.shade * cloth.cover;
      const keep = 1 - cloth.cover;
      surface.red = surface.red * keep + cloth.red * shade;
      surface.green = surface.green * keep + cloth.green * shade;
      surface.blue = surface.blue * keep + cloth.blue * shade;
      surface.gloss = surface.gloss * keep + cloth.gloss * cloth.cover;
    }
    this.#light(ambient, direct);
  }

  #thing(ambient: number, direct: number): void {
    const values = this.#values;
    const surface = this.#surface;
    surface.reset([values[0]!, values[1]!, values[2]!], values[6]!, 30);
    this.#light(ambient, direct);
  }

  #hair(lock: number, ambient: number, direct: number): void {
    const values = this.#values;
    const place = (values[0]! * 0.5 + 0.5) * strandsAcross;
    const strand = {
      lock,
      colors: lock,
      place,
      open: values[2]!,
      dye: values[9]!,
      own: smoothstep(0.02, 0.3, values[1]!),
      tangent: [values[3]!, values[4]!, values[5]!],
      normal: [values[6]!, values[7]!, values[8]!],
    } as const;
    lightStrand(strand, this.#figure.lockColors, { rig: this.#rig, ambient, direct }, this);
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
    const place = 64 * (bx > by && bx > bz ? x : by > bz ? y : z) + 500;
    const colors = this.#figure.lockColors;
    const strand = {
      lock: 9999,
      colors: colors.length / 6 - 1,
      place,
      open: 0.8,
      dye: 0,
      own: 0,
      tangent: [values[6]!, values[7]!, values[8]!],
      normal: [values[3]!, values[4]!, values[5]!],
    } as const;
    lightStrand(strand, colors, { rig: this.#rig, ambient, direct }, this);
  }
}

/** A direction brought within an angle of straight ahead. */
function limited([x, y, z]: Vector, limit: number): Vector {
  const aside = Math.hypot(x, y);
  const angle = Math.atan2(aside, z);
  if (angle <= limit) return [x, y, z];
  const factor = Math.sin(limit) / aside;
  return [x * factor, y * factor, Math.cos(limit)];
}
