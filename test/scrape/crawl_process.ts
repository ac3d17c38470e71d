// A crawl in a process of its own, for tests that kill it. It begins when a line arrives on its
// standard input. Arguments: catalogue, connectTo as JSON.
import { openCatalog } from "../../lib/catalog/mod.ts";
import { baidu, bing, crawl, google } from "../../lib/scrape/mod.ts";

const [path, connectTo] = Deno.args;
await Deno.stdin.read(new Uint8Array(1));
using catalog = openCatalog(path!);
const stage = crawl(catalog, {
  connectTo: JSON.parse(connectTo!),
  minimumSize: [200, 200],
  perHost: { concurrency: 4, gap: 0 },
  backOff: 0.01,
  queries: [
    { engine: google({ endpoint: "http://google.sample" }), keyword: "하나", limit: 35 },
    { engine: bing({ endpoint: "http://bing.sample" }), keyword: "둘", limit: 100 },
    { engine: baidu({ endpoint: "http://baidu.sample" }), keyword: "三", limit: 100 },
  ],
});
for await (const _ of stage);
