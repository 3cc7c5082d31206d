import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { type ScoreCard, scoreCard } from "#lib/scores/cards.ts";
import { mayCorrect } from "#lib/scores/cases/correcting.ts";
import { postsPage, postViews, weighPosts } from "#lib/scores/evidence/posts.ts";
import { dutyStates, repliesOf } from "#lib/scores/evidence/replies.ts";
import { changesSince, evidenceWeeks } from "#lib/scores/evidence/weeks.ts";
import { excusedOf, workingCalendar } from "#lib/scores/report-card.ts";
import { addDays } from "#lib/units/calendar.ts";
import { nationalHolidays } from "#lib/units/holidays.ts";
import { Messages } from "@/components/messages.tsx";
import { useScoreWords } from "@/components/scores/words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { Note } from "@/components/ui/note.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { type Address, addressOf, kinds } from "./address.ts";
import { Posts } from "./posts.tsx";
import { RepliesList } from "./replies.tsx";
import { Weeks } from "./weeks.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("scores.evidence"))("title") });

const asked = z.object({
  day: z.iso.date().optional().catch(undefined),
  account: z.uuid().optional().catch(undefined),
  kind: z.enum(kinds).catch("posts"),
  show: z.enum(postViews).catch("all"),
  state: z.enum(dutyStates).nullable().catch(null),
  after: z.uuid().nullable().catch(null),
});

/** What a score is made of, piece by piece: its weeks, its posts with what each counted for and why, its messages. */
export default page("score.read", async ({ actor, params, search }) => {
  const { day, account, kind, show, state, after } = asked.parse({ state: null, after: null, ...search });
  const { unit, card } = await scoreCard(actor, decodeURIComponent(params.unit ?? ""), { day, account });
  const t = await getTranslations("scores.evidence");
  if (!card)
    return (
      <>
        <PageHeader title={t("title")} purpose={unit.name} />
        <Page>
          <Empty>{t("none", { unit: unit.name })}</Empty>
        </Page>
      </>
    );
  const { settings, facts } = card;
  const from = addDays(card.day, 1 - settings.windowWeeks * 7);
  const [evidence, replies, excused, corrects, calendar] = await Promise.all([
    weighPosts(card),
    repliesOf(actor, card, kind === "replies" ? state : null, kind === "replies" ? after : null),
    excusedOf(unit.id, card.account.id, from, card.day),
    mayCorrect(actor, unit.id),
    workingCalendar(unit.id),
  ]);
  const weeks = evidenceWeeks(card, evidence.credit, calendar, nationalHolidays, excused);
  const changes = changesSince(facts, weeks, evidence.judged, replies.counts);
  const here: Address = { unit: unit.code, day: day ?? null, account: account ?? null, kind, show, state };
  return (
    <Messages namespaces={["objections", "problems"]}>
      <Header card={card} />
      <Page>
        {changes.length > 0 && (
          <div className="mb-5">
            <Note kind="warn" icon={<Icon name="warning" />}>
              <p>
                {t("changed")} {changes.map((change) => t(`change.${change}`)).join(" ")}
              </p>
            </Note>
          </div>
        )}
        <Weeks weeks={weeks} excused={excused} />
        <Segments label={t("kinds")} className="mt-8 mb-4">
          {kinds.map((each) => (
            <SegmentLink key={each} current={each === kind} href={addressOf({ ...here, kind: each, show: "all", state: null })}>
              {t(`kind.${each}`)}
            </SegmentLink>
          ))}
        </Segments>
        {kind === "posts" ? (
          <Posts
            {...(await postsPage(evidence, show, after, settings.credit.fullHalves))}
            here={here}
            after={after}
            card={card}
            corrects={corrects}
          />
        ) : (
          <RepliesList {...replies} here={here} after={after} card={card} />
        )}
      </Page>
    </Messages>
  );
});

function Header({ card }: { card: ScoreCard }) {
  const { t, window } = useScoreWords();
  const { unit, settings, day } = card;
  return (
    <PageHeader
      title={t("evidence.title")}
      purpose={t("evidence.purpose", { unit: unit.name, account: card.account.handle, window: window(day, settings) })}
      action={
        <ButtonLink kind="quiet" icon={<Icon name="arrowLeft" />} href={`/scores/${encodeURIComponent(unit.code)}` as Route}>
          {t("card.title")}
        </ButtonLink>
      }
    />
  );
}
