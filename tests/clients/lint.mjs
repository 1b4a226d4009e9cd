// Lints a schema by graphql-eslint, as recommended and as Relay wants it: node lint.mjs SCHEMA
// Prints each message as a line of JSON: its rule, what it is about, and its words.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

const require = createRequire(new URL("../../examples/package.json", import.meta.url));
const { ESLint } = require("eslint");
const { configs, parser, rules } = require("@graphql-eslint/eslint-plugin");

const OPTIONS = {
  // Pages, edges, payloads and details of events are found by way of what they belong to.
  "@graphql-eslint/strict-id-in-types": [
    "error",
    { exceptions: { suffixes: ["Connection", "Details", "Edge", "Payload"] } },
  ],
  // Connections have `nodes` beside `edges`, and lists that have a bound, such as roles, are lists.
  "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false }],
};

const [schema] = process.argv.slice(2);
const eslint = new ESLint({
  cwd: dirname(schema),
  overrideConfigFile: true,
  overrideConfig: {
    files: ["**/*.graphql"],
    plugins: { "@graphql-eslint": { rules } },
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema } } },
    rules: {
      ...configs["flat/schema-recommended"].rules,
      ...configs["flat/schema-relay"].rules,
      ...OPTIONS,
    },
  },
});

const lines = readFileSync(schema, "utf8").split("\n");
const [{ messages }] = await eslint.lintFiles([schema]);
for (const { ruleId, message, line } of messages) {
  const [about] = lines[line - 1].trim().split(/[:({]| on | implements /);
  const rule = ruleId.replace("@graphql-eslint/", "");
  process.stdout.write(`${JSON.stringify({ rule, about: about.trim(), message })}\n`);
}
