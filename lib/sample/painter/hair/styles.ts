/** The part of a hair style that hangs over the forehead. */
export interface Fringe {
  readonly kind: "full" | "wispy" | "curtain" | "sweep" | "comma";
  /** Length of its locks in head units (1 = 10 cm). */
  readonly length: number;
}

/** Where hair is gathered: a direction from the skull's centre and what happens there. */
export interface Tie {
  readonly kind: "tail" | "bun";
  readonly at: readonly [x: number, y: number, z: number];
  /** Length of a tail or radius of a bun, in head units. */
  readonly size: number;
  /** Share of the hair that is gathered; the rest hangs. */
  readonly share: number;
}

/** A hair style as numbers that the drape turns into locks. Lengths in head units (1 = 10 cm). */
export interface HairStyle {
  readonly parting: "middle" | "side" | "none" | "back";
  /** Length of the hair at the top and at the sides and back. */
  readonly top: number;
  readonly sides: number;
  readonly fringe: Fringe | null;
  readonly ties: readonly Tie[];
  readonly wave: number;
  /** Distance of the outer layer from the skull. */
  readonly lift: number;
  /** How far locks at the front keep from the middle of the face, 1 = at its outline. */
  readonly open: number;
  /** Ends turned in (positive) or out (negative). */
  readonly turn: number;
  /** Number of locks. */
  readonly locks: number;
}

const base: HairStyle = {
  parting: "middle",
  top: 3.1,
  sides: 2.8,
  fringe: null,
  ties: [],
  wave: 0,
  lift: 0.13,
  open: 1,
  turn: 0,
  locks: 400,
};
const short: HairStyle = { ...base, top: 0.75, sides: 0.28, lift: 0.16, locks: 420 };
const tail = (at: Tie["at"], size: number, share = 1): Tie => ({ kind: "tail", at, size, share });
const bun = (at: Tie["at"], size: number, share = 1): Tie => ({ kind: "bun", at, size, share });

const table = {
  "long straight": { ...base },
  "long side part": { ...base, parting: "side", lift: 0.15 },
  "long waves": { ...base, wave: 1, lift: 0.17, top: 2.8 },
  "side waves": { ...base, parting: "side", wave: 1.2, lift: 0.18, top: 2.6, sides: 2.5 },
  "long curtain": { ...base, fringe: { kind: "curtain", length: 0.95 }, wave: 0.35, lift: 0.16 },
  "long bangs": { ...base, fringe: { kind: "full", length: 0.62 } },
  "wispy bangs": { ...base, fringe: { kind: "wispy", length: 0.64 }, wave: 0.3 },
  "hime": { ...base, fringe: { kind: "full", length: 0.6 }, open: 0.86 },
  "lob": { ...base, top: 1.75, sides: 1.6, turn: -0.5, wave: 0.35, parting: "side" },
  "bob": { ...base, top: 1.4, sides: 1.2, turn: 1, lift: 0.17 },
  "bob bangs": {
    ...base,
    top: 1.4,
    sides: 1.2,
    turn: 1,
    lift: 0.17,
    fringe: { kind: "full", length: 0.62 },
  },
  "wavy bob": {
    ...base,
    top: 1.5,
    sides: 1.3,
    wave: 1,
    lift: 0.19,
    fringe: { kind: "wispy", length: 0.62 },
  },
  "ponytail": { ...base, parting: "back", ties: [tail([0, 0.45, -0.9], 2.2)], lift: 0.06 },
  "high ponytail": {
    ...base,
    parting: "back",
    ties: [tail([0.1, 1, -0.45], 2.4)],
    lift: 0.06,
    fringe: { kind: "wispy", length: 0.62 },
  },
  "half up": { ...base, ties: [tail([0, 0.75, -0.8], 1.8, 0.4)], wave: 0.5 },
  "bun": {
    ...base,
    parting: "back",
    ties: [bun([0, 1, -0.25], 0.34)],
    lift: 0.06,
    fringe: { kind: "curtain", length: 0.9 },
  },
  "low bun": { ...base, parting: "middle", ties: [bun([0, -0.2, -1], 0.33)], lift: 0.07 },
  "space buns": {
    ...base,
    ties: [bun([-0.62, 0.85, -0.1], 0.27), bun([0.62, 0.85, -0.1], 0.27)],
    lift: 0.06,
    fringe: { kind: "wispy", length: 0.62 },
  },
  "twin tails": {
    ...base,
    ties: [tail([-0.8, 0.5, -0.25], 2.2), tail([0.8, 0.5, -0.25], 2.2)],
    lift: 0.06,
    fringe: { kind: "full", length: 0.6 },
  },
  "pixie": {
    ...short,
    top: 0.8,
    sides: 0.45,
    parting: "side",
    fringe: { kind: "sweep", length: 0.75 },
  },
  "two-block": { ...short, parting: "none", fringe: { kind: "full", length: 0.58 } },
  "comma": { ...short, parting: "side", fringe: { kind: "comma", length: 0.72 }, lift: 0.2 },
  "side part": { ...short, parting: "side", fringe: { kind: "sweep", length: 0.7 }, lift: 0.2 },
  "curtain": { ...short, top: 0.95, fringe: { kind: "curtain", length: 0.8 }, lift: 0.2 },
  "mullet": {
    ...short,
    top: 0.85,
    sides: 1.1,
    parting: "none",
    fringe: { kind: "wispy", length: 0.6 },
    wave: 0.5,
  },
  "perm": {
    ...short,
    top: 0.7,
    parting: "none",
    wave: 1.7,
    lift: 0.22,
    fringe: { kind: "wispy", length: 0.62 },
  },
  "slick back": { ...short, parting: "back", top: 0.8, lift: 0.14 },
  "quiff": { ...short, parting: "back", top: 0.6, lift: 0.26 },
  "buzz": { ...short, top: 0.06, sides: 0.05, lift: 0.02, locks: 0 },
} as const satisfies Record<string, HairStyle>;

/** The names of hair styles. */
export type HairStyleName = keyof typeof table;

/** The numbers of a style. */
export function hairStyle(name: HairStyleName): HairStyle {
  return table[name];
}

/** Styles that women usually wear here, with their weights. */
export const womensStyles: Readonly<Partial<Record<HairStyleName, number>>> = {
  "long straight": 7,
  "long side part": 6,
  "long waves": 7,
  "side waves": 5,
  "long curtain": 7,
  "long bangs": 5,
  "wispy bangs": 6,
  "hime": 2,
  "lob": 4,
  "bob": 3,
  "bob bangs": 3,
  "wavy bob": 2,
  "ponytail": 2,
  "high ponytail": 2,
  "half up": 2.5,
  "bun": 1.5,
  "low bun": 1,
  "space buns": 1.5,
  "twin tails": 1.5,
};

/** Styles that men usually wear here, with their weights. */
export const mensStyles: Readonly<Partial<Record<HairStyleName, number>>> = {
  "two-block": 6,
  "comma": 6,
  "side part": 6,
  "curtain": 4,
  "mullet": 1.5,
  "perm": 4,
  "slick back": 2,
  "quiff": 4,
  "buzz": 1.2,
};
