import type { PlannedLink } from "../plan.ts";
import { licences } from "../plan_links.ts";

/** Every so many links' pictures are under an open licence, beside those of the plan. */
const everyNth = 4;

/**
 * Under which open licence, and by whom, the picture of a link is; null where all rights are
 * reserved. The plan has few, for the engines that filter; those that list open pictures only need
 * more, so that a link's number decides too.
 */
export function licenceOf({ id, licence }: PlannedLink): PlannedLink["licence"] {
  const number = Number(/\d+$/.exec(id)?.[0] ?? 1);
  if (licence || number % everyNth !== 0) return licence;
  const [name, url] = licences[number / everyNth % licences.length]!;
  return { name, url, author: `photographer ${number % 30 + 1}` };
}
