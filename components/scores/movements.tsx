import type { LeaderRow } from "#lib/scores/boards/leaderboard.ts";
import { changeOf, movements, nearest } from "#lib/scores/boards/ranking.ts";
import Link from "@/components/ui/link.tsx";
import { Section } from "../ui/section.tsx";
import type { BoardAddress } from "./board-address.ts";
import { ScoreChange } from "./score-change.tsx";
import { cardHref } from "./score-summary.tsx";
import { useScoreWords } from "./words.ts";

const MOST = 8;

type Before = (row: LeaderRow) => LeaderRow["weekBefore"];

/** Who moved up and down since another day, and who is nearest to the next level. */
export function Movements({ rows, before, since }: { rows: LeaderRow[]; before: Before; since: BoardAddress["since"] }) {
  const { t } = useScoreWords();
  const { up, down } = movements(rows, before);
  return (
    <aside id="gerak" className="rail" aria-label={t("moves.label")}>
      <Moved id="naik" title={t("moves.up")} none={t("moves.noneUp", { since })} rows={up} before={before} />
      <Moved id="turun" title={t("moves.down")} none={t("moves.noneDown", { since })} rows={down} before={before} />
      <Nearest rows={rows} />
    </aside>
  );
}

function Moved({ id, title, none, rows, before }: { id: string; title: string; none: string; rows: LeaderRow[]; before: Before }) {
  const { t, level } = useScoreWords();
  return (
    <Section id={id} title={title} count={rows.length || undefined}>
      {rows.length === 0 && <p className="text-13 text-ink-3">{none}</p>}
      <ul className="moves">
        {rows.slice(0, MOST).map((row) => {
          const then = before(row);
          return (
            <li key={row.unitId}>
              <Link href={cardHref(row.code)} prefetch={false}>
                {row.shortName}
              </Link>
              <ScoreChange change={changeOf(row.score, then?.score)} />
              {row.level && then && <small>{t("moves.fromTo", { from: level(then.level), to: level(row.level) })}</small>}
            </li>
          );
        })}
      </ul>
      {rows.length > MOST && <p className="mt-2 text-13 text-ink-3">{t("moves.more", { count: rows.length - MOST })}</p>}
    </Section>
  );
}

function Nearest({ rows }: { rows: LeaderRow[] }) {
  const { t, step } = useScoreWords();
  const scored = rows.flatMap((row) =>
    row.facts && row.result && row.settings && !row.excluded
      ? [{ ...row, facts: row.facts, result: row.result, settings: row.settings }]
      : [],
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
