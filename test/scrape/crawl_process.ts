// A crawl in a process of its own, for tests that kill it. It begins when a line arrives on its
// standard input. Arguments: catalogue, connectTo as JSON.
import { openCatalog } from "../../lib/catalog/mod.ts";
import { crawl } from "../../lib/scrape/mod.ts";
import { threeEngineCrawl } from "./three_engines.ts";

const [path, connectTo] = Deno.args;
await Deno.stdin.read(new Uint8Array(1));
using catalog = openCatalog(path!);
for await (const _ of crawl(catalog, threeEngineCrawl(JSON.parse(connectTo!))));
