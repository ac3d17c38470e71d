/**
 * The sample world: pictures of people who do not exist, painted with every factor known, and a
 * small web on this machine that lists and serves them as search engines and hosts do.
 *
 * @module
 */
export { type PaintOptions, paintWorld } from "./paint.ts";
export {
  type EngineName,
  planDigest,
  type PlanOptions,
  planWorld,
  type Presentation,
  type Trap,
  type WorldPlan,
} from "./plan.ts";
export type { TruePerson, TruthPicture } from "./truth_picture.ts";
export type { EngineFault } from "./web/faults.ts";
export type { SampleEngine } from "./web/host_names.ts";
export type { HostFault } from "./web/host_faults.ts";
export { reservingHost } from "./web/host_rules.ts";
export { type SampleRequest, type SampleWeb, type ServeOptions, serveWorld } from "./web/serve.ts";
export { peopleOf, readWorld, type World, worldFolder, type WorldPlace } from "./world.ts";
