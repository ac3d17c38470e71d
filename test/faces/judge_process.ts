/** Judges the faces of the catalogue named by the first argument with a stub, one line a report. */
import { openCatalog } from "../../lib/catalog/mod.ts";
import { judge } from "../../lib/faces/mod.ts";
import { brightnessModel, normalization } from "./stub_models.ts";

using catalog = openCatalog(Deno.args[0]!);
const models = [brightnessModel("one"), brightnessModel("two")];
for await (const { done } of judge(catalog, { normalization, models })) {
  console.log(`judged ${done}`);
}
