/**
 * A generator without an opponent.
 *
 * @module
 */
export { type ImleObjective, imleObjective, type ImleObjectiveOptions } from "./imle_objective.ts";
