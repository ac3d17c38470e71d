/** What a triangle is made of: which part of the shader paints it. */
export const material = { none: 0, head: 1, ear: 2, body: 3, hair: 4, thing: 5 } as const;

/** Numbers carried by every vertex besides its place on the screen. */
export const attributeCount = 10;

/**
 * A growing pool of triangles in screen space. One pool is cleared and filled again for every
 * person, so that painting allocates next to nothing.
 *
 * Attributes by material:
 * - head, ear, body: 0-2 place in the part's own coordinates, 3-5 normal in camera space;
 * - hair: 0 across the lock (-1 to 1), 1 along it (0 root to 1 tip), 2 light that reaches it,
 *   3-5 tangent and 6-8 normal in camera space, 9 how deep in a dyed end;
 * - thing: 0-2 linear colour, 3-5 normal in camera space, 6 gloss.
 */
export class Geometry {
  screenX = new Float32Array(60_000);
  screenY = new Float32Array(60_000);
  /** Camera-space z: larger is nearer to the camera. */
  depth = new Float32Array(60_000);
  attributes = new Float32Array(60_000 * attributeCount);
  corners = new Int32Array(3 * 100_000);
  materials = new Uint8Array(100_000);
  /** Which lock or part a triangle belongs to. */
  parts = new Uint16Array(100_000);
  vertexCount = 0;
  triangleCount = 0;

  clear(): void {
    this.vertexCount = 0;
    this.triangleCount = 0;
  }

  /** Makes room and returns the index of the first of `count` new vertices. */
  addVertices(count: number): number {
    const first = this.vertexCount;
    this.vertexCount += count;
    if (this.vertexCount > this.depth.length) {
      const size = Math.ceil(this.vertexCount * 1.5);
      this.screenX = grown(this.screenX, size);
      this.screenY = grown(this.screenY, size);
      this.depth = grown(this.depth, size);
      this.attributes = grown(this.attributes, size * attributeCount);
    }
    return first;
  }

  addTriangle(a: number, b: number, c: number, kind: number, part: number): void {
    const index = this.triangleCount++;
    if (index >= this.materials.length) {
      const size = Math.ceil(index * 1.5);
      const corners = new Int32Array(size * 3);
      corners.set(this.corners);
      this.corners = corners;
      const materials = new Uint8Array(size);
      materials.set(this.materials);
      this.materials = materials;
      const parts = new Uint16Array(size);
      parts.set(this.parts);
      this.parts = parts;
    }
    this.corners[3 * index] = a;
    this.corners[3 * index + 1] = b;
    this.corners[3 * index + 2] = c;
    this.materials[index] = kind;
    this.parts[index] = part;
  }

  /** Joins a grid of vertices, rows from top to bottom, into triangles. */
  addGrid(first: number, rows: number, columns: number, kind: number, part = 0): void {
    for (let row = 0; row + 1 < rows; row++) {
      for (let column = 0; column + 1 < columns; column++) {
        const a = first + row * columns + column;
        const c = a + columns;
        this.addTriangle(a, c, a + 1, kind, part);
        this.addTriangle(a + 1, c, c + 1, kind, part);
      }
    }
  }
}

function grown(array: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(size);
  larger.set(array);
  return larger;
}
