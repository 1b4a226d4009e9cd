/** An alert for an invalid address, with a link to a valid one. */
import { Alert, Anchor } from "@mantine/core";
import type { CombinedError } from "urql";
import { Link, useLocation, useSearchParams } from "wouter";
import { heading } from "~/hooks/focus";
import { useText } from "~/intl/useText";
import { mended } from "./address";

export function WrongAddress({ error }: { error: CombinedError }) {
  const t = useText();
  const [path] = useLocation();
  const [known] = useSearchParams();
  const found = mended(error, known);
  if (!found) return <Wrong why={t("common.failure.invalid")} />;
  const { wrong, rest } = found;
  const why = t(`common.address.${wrong}`);
  if (!rest) return <Wrong why={why} />;
  const href = rest.size > 0 ? `${path}?${rest}` : path;
  return <Wrong why={why} out={{ href, name: t(`common.address.${wrong}.out`) }} />;
}

interface Props {
  readonly why: string;
  /** The way out, where there is one. */
  readonly out?: { readonly href: string; readonly name: string };
}

/** Whoever takes the way out hears where they are. */
export function Wrong({ why, out }: Props) {
  return (
    <Alert role="alert" color="yellow" title={why}>
      {out && (
        <Anchor
          component={Link}
          href={out.href}
          size="sm"
          c="inherit"
          underline="always"
          onClick={() => heading()?.focus()}
        >
          {out.name}
        </Anchor>
      )}
    </Alert>
  );
}
