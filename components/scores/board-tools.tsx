import type { Route } from "next";
import type { ReactNode } from "react";
import type { Group } from "#lib/scores/regions.ts";
import { unitClasses } from "#lib/scores/settings.ts";
import type { SettingsInForce } from "#lib/scores/settings-in-force.ts";
import Link from "@/components/ui/link.tsx";
import { ChipLink } from "../ui/chip.tsx";
import { Input } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Note } from "../ui/note.tsx";
import { SegmentLink, Segments } from "../ui/segments.tsx";
import { type BoardAddress, type BoardHref, boardFields } from "./board-address.ts";
import { useScoreWords } from "./words.ts";

type View = { path: "/scores" | "/scores/map"; address: BoardAddress; href: BoardHref };

/** The table or the map, of which units, on which day. */
export function BoardTools({
  view,
  other,
  groups,
  latest,
}: {
  view: View;
  /** The same address in the other view. */
  other: Route;
  groups: readonly Group[];
  latest: string;
}) {
  const { t } = useScoreWords();
  const { path, address, href } = view;
  const isMap = path === "/scores/map";
  return (
    <div className="board-tools">
      <Segments label={t("view.label")}>
        <SegmentLink current={!isMap} href={isMap ? other : href({})}>
          <Icon name="table" />
          {t("view.table")}
        </SegmentLink>
        <SegmentLink current={isMap} href={isMap ? href({}) : other}>
          <Icon name="map" />
          {t("view.map")}
        </SegmentLink>
      </Segments>
      {groups.length > 1 && (
        <Segments label={t("group.label")}>
          {groups.map((group) => (
            <SegmentLink key={group} current={group === address.group} href={href({ group, class: null, level: null })}>
              {t(`group.${group}`)}
            </SegmentLink>
          ))}
        </Segments>
      )}
      <form className="board-day" action={path}>
        {boardFields({ ...address, day: null, page: 1 }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label htmlFor="day">{t("day.label")}</label>
        <Input id="day" name="day" type="date" required max={latest} defaultValue={address.day ?? latest} key={address.day ?? latest} />
        <button type="submit" className="btn">
          {t("day.show")}
        </button>
      </form>
    </div>
  );
}

/** Says that an earlier day is shown, by which settings, and the way back. */
export function EarlierDay({ day, settings, href }: { day: string; settings: SettingsInForce; href: BoardHref }) {
  const { t, day: written } = useScoreWords();
  return (
    <div className="mb-5">
      <Note kind="info" icon={<Icon name="history" />}>
        {t("day.past", { day: written(day) })}{" "}
        {settings.since
          ? t("day.settings", { version: settings.settings.version, since: written(settings.since) })
          : t("day.settingsShipped", { version: settings.settings.version })}{" "}
        <Link className="link" href={href({ day: null })}>
          {t("day.latest")}
        </Link>
      </Note>
    </div>
  );
}

/** Filters kept in the address; `children` are those of one board alone. */
export function BoardFilters({
  label,
  address,
  href,
  children,
}: {
  label: string;
  address: BoardAddress;
  href: BoardHref;
  children?: ReactNode;
}) {
  const { t } = useScoreWords();
  return (
    <nav className="filters" aria-label={label}>
      {children}
      <span className="filter-group">
        <ChipLink current={address.class === null} href={href({ class: null })}>
          {t("board.allClasses")}
        </ChipLink>
        {unitClasses.map((each) => (
          <ChipLink key={each} current={address.class === each} href={href({ class: each })}>
            {t("board.class", { class: each })}
          </ChipLink>
        ))}
      </span>
    </nav>
  );
}

/** Against which day change is told. */
export function SinceChoice({ address, href }: { address: BoardAddress; href: BoardHref }) {
  const { t } = useScoreWords();
  return (
    <Segments label={t("since.label")} className="segments-small">
      {(["week", "month"] as const).map((since) => (
        <SegmentLink key={since} current={address.since === since} href={href({ since })}>
          {t(`since.${since}`)}
        </SegmentLink>
      ))}
    </Segments>
  );
}

/** What the numbers mean, and the table as a file. */
export function BoardFoot({ children, files }: { children: ReactNode; files: Record<"csv" | "xlsx", string> }) {
  const { t } = useScoreWords();
  return (
    <div className="board-foot">
      <p>{children}</p>
      <p className="board-files">
        {t("files.label")}{" "}
        <a className="link" href={files.csv}>
          CSV
        </a>{" "}
        <a className="link" href={files.xlsx}>
          XLSX
        </a>
      </p>
    </div>
  );
}
