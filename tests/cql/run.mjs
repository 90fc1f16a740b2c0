// Translates a CQL library and evaluates it for every line of an NDJSON file of parameters:
//   node run.mjs library.cql patients.ndjson
// prints one JSON object of results per line. Exits with 1 and the translator's messages when the library is faulty.
import { readFileSync } from "node:fs";
import * as translator from "@cqframework/cql/cql-to-elm";
import { SystemModelInfoProvider } from "@cqframework/cql/cql";
import cql from "cql-execution";

function translated(text) {
  const models = new translator.ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  const done = translator.CqlTranslator.fromText(text, new translator.LibraryManager(models));
  const faults = done.errors.asJsReadonlyArrayView();
  if (faults.length > 0) {
    for (const fault of faults) console.error(fault.message);
    process.exit(1);
  }
  return new cql.Library(JSON.parse(done.toJson()));
}

// The library reads parameters only, so the source of patients is empty.
const nobody = { currentPatient: () => undefined, nextPatient: () => undefined };
const [file, patients] = process.argv.slice(2);
const library = translated(readFileSync(file, "utf8"));
const names = Object.keys(library.parameters);
// A parameter that is left out is not null for this engine but its own definition; so null is always said.
const unknown = Object.fromEntries(names.map((name) => [name, null]));
const codes = new cql.CodeService({});
for (const line of readFileSync(patients, "utf8").split("\n")) {
  if (line === "") continue;
  const executor = new cql.Executor(library, codes, { ...unknown, ...JSON.parse(line) });
  const { unfilteredResults } = await executor.exec(nobody);
  console.log(JSON.stringify(unfilteredResults));
}
