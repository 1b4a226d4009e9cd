/**
 * Writes what normalised caches ask of a schema, from schema.graphql: node possible-types.mjs
 *
 * `possibleTypes`: the types of each interface and union. `embedded`: the types without an id, which
 * live within what they were asked of.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { buildSchema, isAbstractType, isObjectType } from "graphql";

const SCHEMA = new URL("../graph/schema.graphql", import.meta.url);
const WRITTEN = new URL("shared/possible-types.json", import.meta.url);

const schema = buildSchema(readFileSync(SCHEMA, "utf8"));
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
const names = (list) => list.map(({ name }) => name).sort();

const possibleTypes = Object.fromEntries(
  types.filter(isAbstractType).map((type) => [type.name, names(schema.getPossibleTypes(type))]),
);
const embedded = names(
  types.filter((type) => isObjectType(type) && !roots.includes(type) && !type.getFields().id),
);

writeFileSync(WRITTEN, `${JSON.stringify({ possibleTypes, embedded }, null, 2)}\n`);
