// One crawl of the site. Arguments: folder, site as JSON, pictures, parallelism. Prints JSON.
import { openCatalog } from "../../lib/catalog/mod.ts";
import { bing, crawl } from "../../lib/scrape/mod.ts";

const [folder, site, pictures, parallelism] = Deno.args;
const { search, hosts } = JSON.parse(site!);
const began = Date.now();
using catalog = openCatalog(`${folder}/catalog.sqlite`);
const stage = crawl(catalog, {
  queries: [{
    engine: bing({ endpoint: `http://${search}` }),
    keyword: "faces",
    limit: Number(pictures),
  }],
  allowLoopback: [search, ...hosts],
  minimumSize: [100, 100],
  concurrency: Number(parallelism),
  perHost: { concurrency: Number(parallelism), gap: 0 },
});
for await (const _ of stage);
const seconds = (Date.now() - began) / 1000;
console.log(JSON.stringify({ pictures: catalog.pictureCounts().kept, began, seconds }));
