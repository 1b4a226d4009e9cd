/** A plugin that tells the console's cache what it has to know of the schema. */
import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import type { Plugin } from "vite";

const SCHEMA = "../graph/schema.graphql";
const NAME = "virtual:schema-types";

/**
 * Provides the module `virtual:schema-types`, made from the committed schema. Graphcache is given
 * names rather than the whole schema: with it, it would show null for whatever is nullable and not
 * loaded yet, and null is “not there”.
 */
export function schemaTypes(): Plugin {
  return {
    name: "schema-types",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      this.addWatchFile(SCHEMA);
      const schema = buildSchema(readFileSync(SCHEMA, "utf8"));
      return Object.entries({
        EMBEDDED_TYPES: embeddedTypes(schema),
        POSSIBLE_TYPES: possibleTypes(schema),
      })
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n");
    },
  };
}

/** Object types without an id, but for the roots. */
function embeddedTypes(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith("__") && !roots.includes(type))
    .filter((type) => !("id" in type.getFields()))
    .map(({ name }) => name);
}

/** By interface or union, the names of its object types. */
function possibleTypes(schema: GraphQLSchema): Record<string, string[]> {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  return Object.fromEntries(
    abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
}
