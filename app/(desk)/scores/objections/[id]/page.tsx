import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { type Objection, objectionDetail } from "#lib/scores/cases/objections.ts";
import { decisionDays } from "#lib/scores/cases/rules.ts";
import { localDay, startOfDay, zoneOf } from "#lib/units/calendar.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { ObjectionMark } from "@/components/scores/objection-mark.tsx";
import { useScoreWords } from "@/components/scores/words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { BothScores } from "./both-scores.tsx";
import { DecideForm } from "./decide-form.tsx";
import { WithdrawButton } from "./withdraw-button.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("objections"))("title") });

/** One objection: what the unit says, both versions of the score, the decision; for those who decide, the form. */
export default page("score.read", async ({ actor, params }) => {
  const id = params.id ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new Refusal("not-found");
  const [objection, t] = await Promise.all([objectionDetail(actor, id), getTranslations("objections")]);
  return <Detail objection={objection} t={t} />;
});

type Words = Awaited<ReturnType<typeof getTranslations<"objections">>>;

function Detail({ objection, t }: { objection: Objection; t: Words }) {
  const { day } = useScoreWords();
  const { unit, may } = objection;
  const card = `/scores/${encodeURIComponent(unit.code)}`;
  const on = new URLSearchParams({ day: objection.day, account: objection.channelId });
  return (
    <>
      <PageHeader
        title={t("detail.title", { unit: unit.shortName })}
        purpose={t("detail.purpose", { component: t(`component.${objection.component}`), day: day(objection.day) })}
        action={
          <ButtonLink kind="quiet" icon={<Icon name="arrowLeft" />} href={"/scores/objections" as Route}>
            {t("toList")}
          </ButtonLink>
        }
      />
      <Page>
        <LiveRefresh topics={["score"]} />
        <Messages namespaces={["objections", "problems"]}>
          <div className="with-rail">
            <div className="grid gap-8 grid-cols-[minmax(0,1fr)]">
              <Statement objection={objection} t={t} />
              <BothScores objection={objection} />
              {may.decide && (
                <Section id="putuskan" title={t("decide.title")}>
                  <DecideForm
                    key={objection.revision}
                    objectionId={objection.id}
                    revision={objection.revision}
                    posts={objection.posts.map(({ id, text, category, day: on }) => ({ id, text, category, day: on }))}
                    lastDay={objection.day}
                  />
                </Section>
              )}
              {may.hand && (
                <Note icon={<Icon name="info" />}>
                  <p>{t("detail.hand")}</p>
                </Note>
              )}
            </div>
            <aside className="rail" aria-label={t("title")}>
              <Standing objection={objection} t={t} />
              <section className="grid gap-2 justify-items-start">
                <Link className="link" href={`${card}/evidence?${on}` as Route}>
                  {t("detail.evidenceLink")}
                </Link>
                <Link className="link" href={card as Route}>
                  {t("toCard")}
                </Link>
              </section>
              {may.withdraw && <WithdrawButton objectionId={objection.id} revision={objection.revision} />}
            </aside>
          </div>
        </Messages>
      </Page>
    </>
  );
}

function Statement({ objection, t }: { objection: Objection; t: Words }) {
  const { day } = useScoreWords();
  const { statement, evidence, posts, unit, filedBy, filedAt } = objection;
  return (
    <Section id="keberatan" title={t("detail.statement")}>
      <p className="text-15 whitespace-pre-line wrap-anywhere max-w-[68ch]">{statement}</p>
      <p className="mt-1 text-13 text-ink-3">
        {filedBy}, <Time at={filedAt} zone={unit.zone} style="long" />
      </p>
      <h3 className="mt-5 text-13 font-strong">{t("detail.evidence")}</h3>
      <p className="text-ink-2 whitespace-pre-line wrap-anywhere max-w-[68ch]">{evidence ?? t("detail.noEvidence")}</p>
      <h3 className="mt-5 text-13 font-strong">{t("detail.posts")}</h3>
      {posts.length === 0 && <p className="text-ink-2">{t("detail.noPosts")}</p>}
      <ul className="disputed">
        {posts.map((post) => (
          <li key={post.id}>
            <span className="text-13 text-ink-3">{day(post.day, "dayShort")}</span>
            <span className="line-clamp-2 wrap-anywhere">{post.text}</span>
            <span className="text-13 text-ink-2">{t(`category.${post.category as "other"}`)}</span>
            {post.permalink && (
              <a className="link text-13" href={post.permalink} target="_blank" rel="noreferrer">
                {t("detail.seePost")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Standing({ objection, t }: { objection: Objection; t: Words }) {
  const { day } = useScoreWords();
  const { state, unit, dueDay, decidedBy, decidedAt, note, corrections, excused, account } = objection;
  const late = state === "open" && dueDay < localDay(now(), zoneOf(unit.zone));
  const when = decidedAt && <Time at={decidedAt} zone={unit.zone} style="long" />;
  return (
    <Section id="keadaan" title={t("detail.decision")}>
      <p>
        <ObjectionMark state={state} />
      </p>
      {state === "open" && (
        <p className="mt-2 text-13 text-ink-2">
          {t("detail.due", { day: day(dueDay), days: decisionDays })} {late && <b className="text-danger-text">{t("overdue")}</b>}
        </p>
      )}
      {when && (
        <p className="mt-2 text-13 text-ink-3">
          {decidedBy}, {when}
        </p>
      )}
      {note && <p className="mt-2 whitespace-pre-line wrap-anywhere">{note}</p>}
      {(state === "accepted" || state === "partly") && (
        <>
          <h3 className="mt-4 text-13 font-strong">{t("detail.remedies")}</h3>
          <ul className="text-13 text-ink-2 grid gap-1 mt-1">
            {corrections.map((one) => (
              <li key={one.postId}>
                {t("detail.relabelled", { from: t(`category.${one.from as "other"}`), to: t(`category.${one.to as "other"}`) })}
              </li>
            ))}
            {excused.map((one) => (
              <li key={one.fromDay}>
                {t("detail.excused", { from: day(one.fromDay), to: day(one.toDay), cause: t(`cause.${one.cause as "other"}`) })}
              </li>
            ))}
            {corrections.length + excused.length === 0 && <li>{t("detail.noRemedies")}</li>}
          </ul>
        </>
      )}
      <p className="mt-4 flex flex-wrap gap-x-2 text-13 text-ink-2">
        <PlatformMark platform={account.platform as Platform} /> <span className="break-all">{account.handle}</span>
      </p>
      <p className="text-12 text-ink-3 mt-1">
        <Time at={startOfDay(objection.day, zoneOf(unit.zone))} zone={unit.zone} style="date" />
      </p>
    </Section>
  );
}
