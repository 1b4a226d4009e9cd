// Compares a schema with the one that a service tells of itself, and the examples' documents with both,
// by graphql-inspector: node inspect.mjs SCHEMA, with the service in the environment
// Prints each difference, and each document that does not fit or uses what is deprecated, as a line of
// JSON; the last line counts the documents.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as documents from "../../examples/shared/documents.mjs";
import { ask } from "../../examples/shared/site.mjs";

const require = createRequire(new URL("../../examples/package.json", import.meta.url));
const { diff, validate } = require("@graphql-inspector/core");
const graphql = require("graphql");

const EVERYTHING = {
  directiveIsRepeatable: true,
  inputValueDeprecation: true,
  oneOf: true,
  schemaDescription: true,
  specifiedByUrl: true,
};

const [file] = process.argv.slice(2);
const schema = graphql.buildSchema(readFileSync(file, "utf8"));
// What introspection does not tell of, such as where a directive stands, is no difference.
const committed = graphql.buildClientSchema(graphql.introspectionFromSchema(schema, EVERYTHING));
const told = graphql.buildClientSchema(await ask(graphql.getIntrospectionQuery(EVERYTHING)));
const differences = await diff(committed, told);

// One by one: each brings its fragments.
const sources = Object.entries(documents).map(
  ([name, one]) => new graphql.Source(graphql.print(one), name),
);
const misfits = sources
  .flatMap((source) => validate(schema, [source]))
  .flatMap(({ source, errors, deprecated }) =>
    [...errors, ...deprecated].map(({ message }) => ({ type: source.name, message })),
  );

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
for (const { type, message } of [...differences, ...misfits]) print({ type, message });
print({ documents: sources.length });
