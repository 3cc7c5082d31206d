import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachingOf } from "#lib/coaching/queries.ts";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import type { ScoredUnit } from "#lib/scores/cards.ts";
import { untoldAccount } from "#lib/scores/cards.ts";
import { mayChoosePrimary } from "#lib/scores/cases/choosing-primary.ts";
import { objectionsOf } from "#lib/scores/cases/objections.ts";
import { regionInReach } from "#lib/scores/regions.ts";
import { type ReportCard as Card, reportCard } from "#lib/scores/report-card.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { CoachingNote } from "@/components/coaching/coaching-mark.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { ReportCard } from "@/components/scores/report-card.tsx";
import { cardHref } from "@/components/scores/score-summary.tsx";
import { useScoreWords } from "@/components/scores/words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { ChoosePrimary } from "./choose-primary.tsx";
import { DayPicker } from "./day-picker.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("scores.card"))("title") });

const asked = z.object({ day: z.iso.date().optional().catch(undefined), account: z.uuid().optional().catch(undefined) });

/** A unit's report card: the score of its primary account on its latest day, or of another account or an earlier day. */
export default page("score.read", async ({ actor, params, search }) => {
  const which = asked.parse(search);
  const { unit, card } = await reportCard(actor, decodeURIComponent(params.unit ?? ""), which);
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const [t, region, chosen, objections, coached, chooses, untold] = await Promise.all([
    getTranslations("scores"),
    regionInReach(actor, { id: unit.governmentId }),
    currentUnit(actor),
    card ? objectionsOf(card.account.id) : [],
    coachingOf(actor, [unit.id]),
    card && !card.account.isPrimary ? mayChoosePrimary(actor, card.account.id) : false,
    card ? null : untoldAccount(unit.id),
  ]);
  const coaching = coached.get(unit.id);
  const boardOf = {
    ...(region && region.id !== chosen.governmentId && { region: region.code }),
    ...(unit.kind === "district" && { group: "district" }),
  };
  const way = (permission: Parameters<typeof reaches>[1], href: string) => (reaches(actor, permission, place) ? (href as Route) : null);
  const same = new URLSearchParams({ ...(which.day && { day: which.day }), ...(which.account && { account: which.account }) });
  const here = (part: string) => `${cardHref(unit.code)}${part}${same.size ? `?${same}` : ""}`;
  const object = way("objection.file", here("/objection"));
  const engagement = `/scores/engagement?${new URLSearchParams({ of: unit.code })}` as Route;
  return (
    <>
      <PageHeader
        title={t("card.title")}
        purpose={
          card && !card.account.isPrimary
            ? t("card.accountOf", { unit: unit.name, account: card.account.handle, region: unit.governmentName })
            : t("card.purpose", { unit: unit.name, class: unit.scoreClass, region: unit.governmentName })
        }
        tools={
          <>
            <ButtonLink kind="quiet" icon={<Icon name="bars" />} href={engagement}>
              {t("card.engagement")}
            </ButtonLink>
            {region && (
              <ButtonLink kind="quiet" icon={<Icon name="arrowLeft" />} href={`/scores?${new URLSearchParams(boardOf)}` as Route}>
                {t("board.title")}
              </ButtonLink>
            )}
          </>
        }
        action={
          card &&
          object && (
            <ButtonLink icon={<Icon name="flag" />} href={object}>
              {t("card.object")}
            </ButtonLink>
          )
        }
      />
      <Page>
        <LiveRefresh topics={["score", "coaching"]} />
        {coaching && <CoachingNote code={unit.code} coaching={coaching} />}
        {card ? (
          <>
            <Asides unit={unit} card={card} day={which.day} account={which.account} chooses={chooses} />
            <ReportCard
              card={card}
              ways={{ write: way("post.write", "/posts/new"), answer: way("inbox.work", "/inbox"), posts: here("/evidence") as Route }}
              objections={objections}
              object={object}
              evidence={here("/evidence") as Route}
            />
          </>
        ) : (
          <NoCard unit={unit} day={which.day} connects={reaches(actor, "channel.manage", place)} untold={untold} />
        )}
        <p className="mt-6 md:hidden">
          <Link className="link" href={engagement}>
            {t("card.engagement")}
          </Link>
        </p>
      </Page>
    </>
  );
});

type AsidesProps = { unit: ScoredUnit; card: Card; day: string | undefined; account: string | undefined; chooses: boolean };

/** Which day and which account this is, when it is not the latest of the primary one. */
function Asides({ unit, card, day, account, chooses }: AsidesProps) {
  const { t, day: written } = useScoreWords();
  return (
    <div className="grid gap-3 mb-5 justify-items-start">
      <DayPicker day={card.day} account={account} href={cardHref(unit.code)} latest={day !== undefined} />
      {day !== undefined && (
        <Note icon={<Icon name="history" />}>
          <p>{t("card.pastDay", { day: written(card.day) })}</p>
        </Note>
      )}
      {!card.account.isPrimary && (
        <Note icon={<Icon name="info" />}>
          <p>
            {t("card.otherNote")}{" "}
            <Link className="link" href={cardHref(unit.code)}>
              {t("card.toPrimary")}
            </Link>
          </p>
          {chooses && (
            <div className="mt-2">
              <Messages namespaces={["problems"]}>
                <ChoosePrimary channelId={card.account.id} words={primaryWords(t, unit, card)} />
              </Messages>
            </div>
          )}
        </Note>
      )}
    </div>
  );
}

const primaryWords = (t: ReturnType<typeof useScoreWords>["t"], unit: ScoredUnit, { account: { handle: account } }: Card) => ({
  open: t("card.primary.open"),
  title: t("card.primary.title", { account }),
  from: t("card.primary.from", { unit: unit.name }),
  before: t("card.primary.before"),
  submit: t("card.primary.submit"),
  done: t("card.primary.done", { account }),
  cancel: t("card.primary.cancel"),
  close: t("card.primary.close"),
});

type NoCardProps = { unit: ScoredUnit; day: string | undefined; connects: boolean; untold: string | null };

function NoCard({ unit, day, connects, untold }: NoCardProps) {
  const { t, day: written } = useScoreWords();
  if (day)
    return (
      <Empty
        action={
          <Link className="link" href={cardHref(unit.code)}>
            {t("card.latest")}
          </Link>
        }
      >
        {t("card.noDay", { unit: unit.name, day: written(day) })}
      </Empty>
    );
  if (untold)
    return (
      <Empty
        action={
          connects && (
            <Link className="link" href={`/settings/channels/${untold}` as Route}>
              {t("card.register")}
            </Link>
          )
        }
      >
        {t("card.untold", { unit: unit.name })}
      </Empty>
    );
  return (
    <Empty
      action={
        connects && (
          <Link className="link" href={"/settings/channels" as Route}>
            {t("card.connect")}
          </Link>
        )
      }
    >
      {t("card.empty", { unit: unit.name })}
    </Empty>
  );
}
