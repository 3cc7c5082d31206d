import type { LeaderRow } from "#lib/scores/boards/leaderboard.ts";
import { changeOf, movements, nearest } from "#lib/scores/boards/ranking.ts";
import Link from "@/components/ui/link.tsx";
import { Section } from "../ui/section.tsx";
import { ScoreChange } from "./score-change.tsx";
import { cardHref } from "./score-summary.tsx";
import { useScoreWords } from "./words.ts";

const MOST = 8;

/** Who moved up and down since a week before, and who is nearest to the next level. */
export function Movements({ rows }: { rows: LeaderRow[] }) {
  const { t } = useScoreWords();
  const { up, down } = movements(rows);
  return (
    <aside id="gerak" className="rail" aria-label={t("moves.label")}>
      <Moved id="naik" title={t("moves.up")} none={t("moves.noneUp")} rows={up} />
      <Moved id="turun" title={t("moves.down")} none={t("moves.noneDown")} rows={down} />
      <Nearest rows={rows} />
    </aside>
  );
}

function Moved({ id, title, none, rows }: { id: string; title: string; none: string; rows: LeaderRow[] }) {
  const { t, level } = useScoreWords();
  return (
    <Section id={id} title={title} count={rows.length || undefined}>
      {rows.length === 0 && <p className="text-13 text-ink-3">{none}</p>}
      <ul className="moves">
        {rows.slice(0, MOST).map((row) => (
          <li key={row.unitId}>
            <Link href={cardHref(row.code)} prefetch={false}>
              {row.shortName}
            </Link>
            <ScoreChange change={changeOf(row)} />
            {row.level && row.levelBefore && <small>{t("moves.fromTo", { from: level(row.levelBefore), to: level(row.level) })}</small>}
          </li>
        ))}
      </ul>
      {rows.length > MOST && <p className="mt-2 text-13 text-ink-3">{t("moves.more", { count: rows.length - MOST })}</p>}
    </Section>
  );
}

function Nearest({ rows }: { rows: LeaderRow[] }) {
  const { t, step } = useScoreWords();
  const scored = rows.flatMap((row) =>
    row.facts && row.result && row.settings ? [{ ...row, facts: row.facts, result: row.result, settings: row.settings }] : [],
  );
  const near = nearest(scored);
  if (!near) return null;
  return (
    <Section id="terdekat" title={t("moves.nearest")}>
      <p className="text-ink-2">
        <Link className="font-strong text-ink" href={cardHref(near.row.code)} prefetch={false}>
          {near.row.shortName}
        </Link>
        {": "}
        {step(near.row).text}
      </p>
    </Section>
  );
}
