import { type Color, color, luminance } from "../color.ts";

const table = {
  "black": "#1d1715",
  "blue black": "#1a1d28",
  "dark brown": "#2c1b12",
  "brown": "#4d2f1d",
  "chestnut": "#663a20",
  "light brown": "#8a5f3c",
  "honey": "#b5844c",
  "ash": "#8f857c",
  "blonde": "#d9bb82",
  "platinum": "#ece2c9",
  "silver": "#bcc0c8",
  "pink": "#e8a0b8",
  "hot pink": "#d94a86",
  "lavender": "#b7a3d6",
  "purple": "#5f3c8f",
  "mint": "#9adcc4",
  "green": "#2f7a5c",
  "sky": "#8fbfe6",
  "blue": "#2d4fa3",
  "red": "#a8262b",
  "burgundy": "#571a26",
  "orange": "#cf6a30",
} as const;

/** The names of hair colours. */
export type HairColorName = keyof typeof table;

/** Every hair colour by its name, dark natural ones first. */
export const hairColorNames = Object.keys(table) as HairColorName[];

/** The linear colour of a name. */
export function hairColor(name: HairColorName): Color {
  return color(table[name]);
}

/** Luminance of a hair colour in linear light: about .01 for black, .75 for platinum. */
export function hairLightness(name: HairColorName): number {
  return luminance(hairColor(name));
}
