/**
 * A generator without an opponent.
 *
 * @module
 */
export { imleObjective, type ImleObjectiveOptions } from "./imle_objective.ts";
