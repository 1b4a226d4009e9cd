/** Messages by id. */
import { useCallback } from "react";
import { useIntl } from "react-intl";
import type { MessageId } from "./locale";

export type Values = Record<string, string | number | Date>;
export type Text = (id: MessageId, values?: Values) => string;

export function useText(): Text {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}
