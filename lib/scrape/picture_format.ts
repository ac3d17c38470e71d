/** Formats that the pipeline reads, by the ending of their files. */
export type PictureFormat = "jpg" | "png" | "webp" | "gif" | "avif";

/** The format that the first bytes (16 are enough) of a file show, or null. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  const at = (offset: number, ...values: readonly (number | string)[]) =>
    values.every((value, index) =>
      bytes[offset + index] === (typeof value === "string" ? value.charCodeAt(0) : value)
    );
  if (at(0, 0xff, 0xd8, 0xff)) return "jpg";
  if (at(0, 0x89, "P", "N", "G", 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (at(0, "R", "I", "F", "F") && at(8, "W", "E", "B", "P")) return "webp";
  if (at(0, "G", "I", "F", "8") && (at(4, "7", "a") || at(4, "9", "a"))) return "gif";
  if (at(4, "f", "t", "y", "p", "a", "v", "i") && (at(11, "f") || at(11, "s"))) return "avif";
  return null;
}

/** True for a media type that no picture is sent with: text, scripts, video. */
export function isForeignMediaType(contentType: string | null): boolean {
  return /^\s*(text|audio|video|font|multipart)\/|^\s*application\/(json|xml|xhtml|javascript|pdf)/i
    .test(contentType ?? "");
}
