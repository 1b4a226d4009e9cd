import { readFileSync } from "node:fs";
import { buildSchema, isInterfaceType } from "graphql";
import { expect, test } from "vitest";
import { POSSIBLE_TYPES } from "~/graph/cache";

test("the cache knows the types of each interface of the schema", () => {
  const schema = buildSchema(readFileSync("../graph/schema.graphql", "utf8"));
  const interfaces = Object.values(schema.getTypeMap()).filter(isInterfaceType);
  const named = interfaces.map((type) => [
    type.name,
    schema.getPossibleTypes(type).map(({ name }) => name),
  ]);
  const sorted = (types: Record<string, string[]>) =>
    Object.fromEntries(Object.entries(types).map(([name, of]) => [name, [...of].sort()]));
  expect(sorted(POSSIBLE_TYPES)).toEqual(sorted(Object.fromEntries(named)));
});
