import { leastSquares } from "./probe.ts";

/** A way through the space of codes along which an attribute of faces grows. */
export interface AttributeDirection {
  /** Added once to a code, it makes the attribute grow by one standard deviation. */
  readonly step: readonly number[];
  /** Correlation of the attribute with what the direction foretells, on the same faces. */
  readonly correlation: number;
}

/**
 * The shortest change of a code that changes an attribute by one standard deviation, as a straight
 * line through the codes (least squares) has it: w deviation / |w|^2 for the weights w.
 *
 * @param codes one row for each face
 * @param attribute one number for each face: yaw in radians, lightness of the hair ...
 * @throws RangeError where the attribute is the same for all faces
 */
export function attributeDirection(
  codes: readonly (readonly number[])[],
  attribute: readonly number[],
): AttributeDirection {
  const mean = attribute.reduce((sum, value) => sum + value, 0) / attribute.length;
  const deviation = Math.sqrt(
    attribute.reduce((sum, value) => sum + (value - mean) ** 2, 0) / attribute.length,
  );
  if (!(deviation > 0)) throw new RangeError("Expected an attribute in which faces differ");
  const [, ...weights] = leastSquares(codes.map((code) => [1, ...code]), attribute);
  const square = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const foretold = codes.map((code) =>
    code.reduce((sum, value, index) => sum + value * weights[index]!, 0)
  );
  const middle = foretold.reduce((sum, value) => sum + value, 0) / foretold.length;
  const spread = Math.sqrt(
    foretold.reduce((sum, value) => sum + (value - middle) ** 2, 0) / foretold.length,
  );
  const together = foretold.reduce(
    (sum, value, index) => sum + (value - middle) * (attribute[index]! - mean),
    0,
  ) / foretold.length;
  return {
    step: weights.map((weight) => weight * deviation / square),
    correlation: together / (spread * deviation),
  };
}
