/** Runs both stages and the selection on the catalogue named by the first argument. */
import { openCatalog } from "../../lib/catalog/mod.ts";
import { judge, normalizationSettings, normalize, select } from "../../lib/faces/mod.ts";

using catalog = openCatalog(Deno.args[0]!);
const normalization = normalizationSettings({ size: 64 });
for await (const { what, done } of normalize(catalog, { size: 64 })) console.log(what, done);
for await (const { what, done } of judge(catalog, { normalization })) console.log(what, done);
select(catalog, { normalization });
