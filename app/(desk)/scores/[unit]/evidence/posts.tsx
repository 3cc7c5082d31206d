import { useTranslations } from "next-intl";
import type { ScoreCard } from "#lib/scores/cards.ts";
import { type EvidencePost, type PostView, postViews } from "#lib/scores/evidence/posts.ts";
import { halvesText } from "@/components/scores/halves.ts";
import { useScoreWords } from "@/components/scores/words.ts";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Time } from "@/components/ui/time.tsx";
import { type Address, addressOf } from "./address.ts";
import { CorrectButton } from "./correct-button.tsx";

type Props = {
  posts: EvidencePost[];
  more: boolean;
  counts: Record<PostView, number>;
  here: Address;
  after: string | null;
  card: ScoreCard;
  corrects: boolean;
};

/** Post by post what it counted for, and why not in full. */
export function Posts({ posts, more, counts, here, after, card, corrects }: Props) {
  const { t } = useScoreWords();
  const last = posts.at(-1);
  return (
    <section aria-label={t("evidence.kind.posts")}>
      <div className="filters">
        {postViews.map((each) => (
          <ChipLink key={each} current={here.show === each} href={addressOf({ ...here, show: each })} count={counts[each]}>
            {t(`evidence.show.${each}`)}
          </ChipLink>
        ))}
      </div>
      {posts.length === 0 ? (
        <Empty>{t(`evidence.noPosts.${here.show}`)}</Empty>
      ) : (
        <div className="panel">
          <table className="tbl cards credited">
            <caption className="sr-only">{t("evidence.kind.posts")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("evidence.date")}</th>
                <th scope="col">{t("evidence.post")}</th>
                <th scope="col" className="num">
                  {t("evidence.worth")}
                </th>
                <th scope="col">{t("evidence.reason")}</th>
              </tr>
            </thead>
            <tbody>
              {posts.map((post) => (
                <tr key={post.id}>
                  <td className="quiet whitespace-nowrap">
                    <Time at={post.publishedAt} zone={card.unit.zone} style="short" />
                  </td>
                  <td className="what">
                    <span className="line-clamp-2 wrap-anywhere">{post.text || t("evidence.noText")}</span>
                    {post.permalink && (
                      <a className="link text-13" href={post.permalink} target="_blank" rel="noreferrer">
                        {t("evidence.see")}
                      </a>
                    )}
                  </td>
                  <td className="num worth">{halvesText(post.halves)}</td>
                  <td className="quiet why">
                    <Why post={post} card={card} />
                    {corrects && <CorrectButton postId={post.id} category={post.category} text={post.text} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More here={here} after={after} next={more && last ? last.id : null} />
    </section>
  );
}

function Why({ post, card }: { post: EvidencePost; card: ScoreCard }) {
  const { t, day } = useScoreWords();
  const category = useTranslations("objections.category");
  const { credit } = card.settings;
  const { corrected, like, reasons, lacks } = post;
  const words = { perDay: credit.perDay, perWeek: credit.occasionsPerWeek, days: post.removedAfterDays ?? 0 };
  return (
    <ul className="grid gap-0.5">
      <li>{category(post.category)}</li>
      {reasons.map((reason) => (
        <li key={reason}>
          {t(`evidence.why.${reason}`, words)}{" "}
          {reason === "similar-own" && like && (
            <a className="link" href={like.permalink ?? undefined} target="_blank" rel="noreferrer">
              {t("evidence.likeOf", { day: day(like.publishedAt.toISOString().slice(0, 10), "dayShort") })}
            </a>
          )}
        </li>
      ))}
      {lacks.map((lack) => (
        <li key={lack}>{t(`evidence.lack.${lack}`)}</li>
      ))}
      {corrected && (
        <li>
          {t("evidence.corrected", {
            from: category(corrected.from as "other"),
            to: category(corrected.to as "other"),
            by: corrected.by,
            day: day(corrected.at.toISOString().slice(0, 10)),
            reason: corrected.reason,
          })}
        </li>
      )}
    </ul>
  );
}

/** The ways to the next rows and back to the first. */
export function More({ here, after, next }: { here: Address; after: string | null; next: string | null }) {
  const t = useTranslations("objections");
  if (!after && !next) return null;
  return (
    <nav className="flex gap-5 mt-5" aria-label={t("further")}>
      {after && (
        <Link className="link" href={addressOf(here)}>
          {t("newest")}
        </Link>
      )}
      {next && (
        <Link className="link" href={addressOf(here, next)}>
          {t("further")}
        </Link>
      )}
    </nav>
  );
}
