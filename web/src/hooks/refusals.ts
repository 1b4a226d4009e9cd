/** Refusals of a command, beside the fields that they speak of. */
import type { Refusal } from "~/graph/useCommand";

interface ByField {
  /** Messages by field. */
  readonly beside: Record<string, string>;
  /** Those that speak of none of the fields. */
  readonly others: readonly Refusal[];
}

export function byField(refusals: readonly Refusal[], fields: readonly string[]): ByField {
  const beside: Record<string, string> = {};
  const others: Refusal[] = [];
  for (const refusal of refusals) {
    const field = refusal.path[0];
    if (field === undefined || !fields.includes(field)) others.push(refusal);
    else beside[field] = beside[field] ? `${beside[field]} ${refusal.message}` : refusal.message;
  }
  return { beside, others };
}
