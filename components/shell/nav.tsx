import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Icon, type IconName } from "../ui/icon.tsx";
import { NavLink } from "./nav-link.tsx";
import { UnreadCount } from "./unread.tsx";

/** `short` names it there; `tab`: one of the (at most four) entries of the phone's bottom bar; the others wait in "Lainnya". */
export type NavEntry = { href: Route; icon: IconName; label: string; short?: string; count?: number; tab?: boolean };

function Entry({
  entry,
  among,
  look,
  size,
  short = false,
}: {
  entry: NavEntry;
  among: NavEntry[];
  look: string;
  size: number;
  short?: boolean;
}) {
  const t = useTranslations("shell");
  const deeper = among.map(({ href }) => href).filter((href) => href.startsWith(`${entry.href}/`));
  return (
    <NavLink href={entry.href} className={look} deeper={deeper}>
      <Icon name={entry.icon} size={size} />
      {(short && entry.short) || entry.label}
      {entry.count ? (
        <span className="count">
          {entry.count}
          <span className="sr-only"> {t("waiting")}</span>
        </span>
      ) : null}
    </NavLink>
  );
}

export function Nav({ entries, label }: { entries: NavEntry[]; label: string }) {
  return (
    <nav className="nav" aria-label={label}>
      {entries.map((entry) => (
        <Entry key={entry.href} entry={entry} among={entries} look="nav-link" size={18} />
      ))}
    </nav>
  );
}

/** The phone's bottom bar: four places at most and the button that opens the sheet `more`, where the notices lie. */
export function TabBar({ entries, more }: { entries: NavEntry[]; more: string }) {
  const t = useTranslations("shell");
  const notices = useTranslations("notices");
  return (
    <nav className="tabbar" aria-label={t("phoneNav")}>
      {entries.map((entry) => (
        <Entry key={entry.href} entry={entry} among={entries} look="tab" size={20} short />
      ))}
      <button type="button" className="tab" popoverTarget={more}>
        <Icon name="more" size={20} />
        {t("more")}
        <UnreadCount word={notices("unreadWord")} />
      </button>
    </nav>
  );
}
