/** What `schemaTypes.ts`, a plugin of the build, makes from the schema. */
declare module "virtual:schema-types" {
  /** Types without an id: the cache keeps them in what they belong to. */
  export const EMBEDDED_TYPES: readonly string[];
  /** By interface or union, the names of its object types, for fragments on it. */
  export const POSSIBLE_TYPES: Record<string, string[]>;
}
