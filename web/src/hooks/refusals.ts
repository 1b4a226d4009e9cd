/** Refusals of a command, beside the fields that they speak of. */
import type { Refusal } from "~/graph/useCommand";

/** Messages by field; those that speak of none of the fields stand under "". */
export function byField(
  refusals: readonly Refusal[],
  fields: readonly string[],
): Record<string, string> {
  const told: Record<string, string> = {};
  for (const { message, path } of refusals) {
    const field = fields.includes(path[0] ?? "") ? (path[0] as string) : "";
    told[field] = told[field] ? `${told[field]} ${message}` : message;
  }
  return told;
}
