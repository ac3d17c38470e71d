import {
  type PaintOptions,
  paintWorld,
  readWorld,
  type World,
  worldFolder,
  type WorldPlan,
} from "../../lib/sample/mod.ts";

/** Paints what a plan says and reads it. */
export async function paintedWorld(plan: WorldPlan, options: PaintOptions): Promise<World> {
  for await (const _ of paintWorld(plan, options));
  return await readWorld(worldFolder(plan, options));
}

/** Address of a link of the sample web. */
export function urlOf({ host, path }: WorldPlan["links"][number]): string {
  return `http://${host}.sample${path}`;
}
