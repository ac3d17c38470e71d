/**
 * Measures: how well pictures come back, what the simplest models reach, what a code knows.
 *
 * @module
 */
export { type CodeSpread, codeSpread } from "./code_spread.ts";
export { lightness, lightnessOfLuminance, type Region } from "./lightness.ts";
export { type PrincipalComponents, principalComponents } from "./principal_components.ts";
export { linearProbe, type ProbeData, type ProbeResult, r2 } from "./probe.ts";
export { psnr, psnrOfError } from "./psnr.ts";
