/** Tabs whose panels are pages of their own: links, so that each has an address. */
import { Link, useLocation } from "wouter";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import classes from "./Tabs.module.css";

export interface Tab {
  readonly name: MessageId;
  readonly path: string;
}

export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: MessageId }) {
  const t = useText();
  const [here] = useLocation();
  return (
    <nav aria-label={t(label)}>
      <ul className={classes.list}>
        {tabs.map(({ name, path }) => (
          <li key={path}>
            <Link
              href={path}
              className={classes.tab}
              aria-current={here === path ? "page" : undefined}
            >
              {t(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
