// Composes a schema as the only subgraph of a supergraph: node compose.mjs SCHEMA
// Prints each error and hint as a line of JSON: its code and its message.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../examples/package.json", import.meta.url));
const { composeServices } = require("@apollo/composition");
const { parse } = require("graphql");

const [schema] = process.argv.slice(2);
const typeDefs = parse(readFileSync(schema, "utf8"));
const composed = composeServices([{ name: "segments", url: "http://segments", typeDefs }]);
const noted = [...(composed.errors ?? []), ...(composed.hints ?? [])];
for (const { message, definition, extensions } of noted) {
  const code = definition?.code ?? extensions?.code;
  process.stdout.write(`${JSON.stringify({ code, message })}\n`);
}
if (!composed.errors && !composed.supergraphSdl) throw new Error("nothing was composed");
