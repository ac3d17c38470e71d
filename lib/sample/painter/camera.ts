/** A point or direction: x to the image's right, y up, z towards the camera; 1 = 10 cm. */
export type Vector = readonly [x: number, y: number, z: number];

/** A rotation as nine numbers, row by row. */
export type Rotation = Float64Array;

/** Distance of the camera from the head, in head units: a portrait lens. */
export const cameraDistance = 11;

/** A pinhole camera that looks along -z at the origin. */
export interface Camera {
  /** Samples per head unit at the origin's depth. */
  readonly scale: number;
  /** Where the origin falls, in samples. */
  readonly x: number;
  readonly y: number;
}

/** Where a camera-space point falls, in samples. */
export function project(camera: Camera, [x, y, z]: Vector): [number, number] {
  const scale = camera.scale * cameraDistance / (cameraDistance - z);
  return [camera.x + x * scale, camera.y - y * scale];
}

/** Roll after pitch after yaw; signs as in {@linkcode Pose}. */
export function rotation(yaw: number, pitch: number, roll: number): Rotation {
  const [cy, sy] = [Math.cos(yaw), Math.sin(yaw)];
  const [cp, sp] = [Math.cos(-pitch), Math.sin(-pitch)];
  const [cr, sr] = [Math.cos(-roll), Math.sin(-roll)];
  const turn = [cy, 0, sy, 0, 1, 0, -sy, 0, cy];
  const nod = [1, 0, 0, 0, cp, -sp, 0, sp, cp];
  const tilt = [cr, -sr, 0, sr, cr, 0, 0, 0, 1];
  return product(tilt, product(nod, turn));
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): Rotation {
  const result = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      for (let k = 0; k < 3; k++) result[3 * row + column]! += a[3 * row + k]! * b[3 * k + column]!;
    }
  }
  return result;
}

/** A rigid frame: points turn about a pivot that is carried to a place. */
export class Frame {
  readonly rotation: Rotation;
  readonly pivot: Vector;
  readonly place: Vector;

  constructor(rotation: Rotation, pivot: Vector, place: Vector = pivot) {
    this.rotation = rotation;
    this.pivot = pivot;
    this.place = place;
  }

  /** Camera-space place of a point of the frame. */
  point([px, py, pz]: Vector): [number, number, number] {
    const [x, y, z] = this.direction([px - this.pivot[0], py - this.pivot[1], pz - this.pivot[2]]);
    return [x + this.place[0], y + this.place[1], z + this.place[2]];
  }

  /** Camera-space direction of a direction of the frame. */
  direction([x, y, z]: Vector): [number, number, number] {
    const r = this.rotation;
    return [
      r[0]! * x + r[1]! * y + r[2]! * z,
      r[3]! * x + r[4]! * y + r[5]! * z,
      r[6]! * x + r[7]! * y + r[8]! * z,
    ];
  }

  /** The frame's own direction of a camera-space direction. */
  local([x, y, z]: Vector): [number, number, number] {
    const r = this.rotation;
    return [
      r[0]! * x + r[3]! * y + r[6]! * z,
      r[1]! * x + r[4]! * y + r[7]! * z,
      r[2]! * x + r[5]! * y + r[8]! * z,
    ];
  }

  /** The frame's own point of a camera-space point. */
  localPoint([x, y, z]: Vector): [number, number, number] {
    const [lx, ly, lz] = this.local([x - this.place[0], y - this.place[1], z - this.place[2]]);
    return [lx + this.pivot[0], ly + this.pivot[1], lz + this.pivot[2]];
  }
}
