import type { Route } from "next";
import type { Platform } from "#lib/platforms/contract.ts";
import type { ScoreCard } from "#lib/scores/cards.ts";
import { dutyStates, type Replies } from "#lib/scores/evidence/replies.ts";
import { useScoreWords } from "@/components/scores/words.ts";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { MaskedText } from "@/components/ui/masked-text.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Time } from "@/components/ui/time.tsx";
import { type Address, addressOf } from "./address.ts";
import { More } from "./posts.tsx";

type Props = Replies & { here: Address; after: string | null; card: ScoreCard };

/** The messages that were due in the window: on time, late, unanswered; with their words only for those who may read the inbox. */
export function RepliesList({ counts, rows, next, here, after, card }: Props) {
  const { t } = useScoreWords();
  const all = dutyStates.reduce((sum, state) => sum + counts[state], 0);
  const { zone } = card.unit;
  if (rows === null)
    return (
      <section aria-label={t("evidence.kind.replies")}>
        <p>{t("evidence.counts", { ...counts, due: all })}</p>
        <p className="mt-1 text-13 text-ink-3">{t("evidence.onlyCounts")}</p>
      </section>
    );
  return (
    <section aria-label={t("evidence.kind.replies")}>
      <div className="filters">
        {[null, ...dutyStates].map((each) => (
          <ChipLink
            key={each ?? "all"}
            current={here.state === each}
            href={addressOf({ ...here, state: each })}
            count={each ? counts[each] : all}
          >
            {t(`evidence.duty.${each ?? "all"}`)}
          </ChipLink>
        ))}
      </div>
      {rows.length === 0 ? (
        <Empty>{t("evidence.noReplies")}</Empty>
      ) : (
        <div className="panel">
          <table className="tbl cards credited">
            <caption className="sr-only">{t("evidence.kind.replies")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("evidence.dueAt")}</th>
                <th scope="col">{t("evidence.message")}</th>
                <th scope="col">{t("evidence.answer")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="quiet whitespace-nowrap">
                    <Time at={row.dueAt} zone={zone} style="short" />
                  </td>
                  <td className="what">
                    <Link className="link line-clamp-2 wrap-anywhere" href={`/inbox/${row.caseId}` as Route}>
                      <MaskedText text={row.excerpt} />
                    </Link>
                    <span className="text-13 text-ink-3">
                      <PlatformMark platform={row.platform as Platform} />
                    </span>
                  </td>
                  <td className="quiet why">
                    <b className="font-strong">{t(`evidence.duty.${row.state}`)}</b>
                    {row.answeredAt && (
                      <>
                        , <Time at={row.answeredAt} zone={zone} style="short" />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More here={here} after={after} next={next} />
    </section>
  );
}
