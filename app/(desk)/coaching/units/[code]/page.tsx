import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { type CoachedUnitDetail, coachedUnit } from "#lib/coaching/cases/unit.ts";
import { caseLink } from "#lib/coaching/links.ts";
import { page } from "#lib/core/doors.ts";
import { BeginButton } from "@/components/coaching/begin-button.tsx";
import { ConfirmCause, TellCause } from "@/components/coaching/cause-forms.tsx";
import { Causes } from "@/components/coaching/causes.tsx";
import { useCoachingWords } from "@/components/coaching/words.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { cardHref } from "@/components/scores/score-summary.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Level } from "@/components/ui/level.tsx";
import Link from "@/components/ui/link.tsx";
import { Section } from "@/components/ui/section.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching"))("title") });

/** Why a unit is silent, as it says itself and as it was confirmed, and the cases that helped it. */
export default page("coaching.read", async ({ actor, params }) => {
  const detail = await coachedUnit(actor, decodeURIComponent(params.code ?? ""));
  const t = await getTranslations("coaching");
  const { unit, causes, cases, may } = detail;
  const live = cases.find(({ state }) => state !== "closed");
  const said = causes.find(({ source }) => source !== "inferred")?.cause ?? null;
  return (
    <Messages namespaces={["coaching", "problems"]}>
      <PageHeader
        title={t("unit.title", { unit: unit.shortName })}
        purpose={t("case.purpose", { unit: unit.name, region: unit.governmentName })}
        action={<Begin detail={detail} />}
      />
      <Page>
        <LiveRefresh topics={["coaching", "score"]} />
        <p className="mb-6 flex gap-5">
          {(may.manage || !may.answer) && (
            <Link className="link" href={"/coaching" as Route}>
              {t("case.back")}
            </Link>
          )}
          <Link className="link" href={cardHref(unit.code)}>
            {t("case.score")}
          </Link>
        </p>
        <div className="with-rail">
          <div className="grid gap-8 grid-cols-[minmax(0,1fr)]">
            <Section id="sebab" title={t("cause.heading")}>
              <Causes causes={causes} zone={unit.zone} />
            </Section>
            {may.answer && (
              <Section id="tanya" title={t("tell.heading")}>
                <TellCause unitId={unit.id} told={said} />
              </Section>
            )}
            {may.confirm && (
              <Section id="pastikan" title={t("confirm.heading")}>
                <ConfirmCause key={causes[0]?.at} unitId={unit.id} first={causes[0]?.cause ?? null} />
              </Section>
            )}
          </div>
          <aside className="rail" aria-label={t("case.summary")}>
            <Section id="kini" title={t("unit.now")}>
              {detail.level ? <Level level={detail.level} large /> : <p className="text-13 text-ink-2">{t("unit.noScore")}</p>}
              {may.manage && !live && <p className="mt-2 text-13 text-ink-3">{t("unit.openHint")}</p>}
            </Section>
            <Section id="riwayat" title={t("unit.cases")}>
              <Cases detail={detail} />
            </Section>
            <Section id="latihan" title={t("unit.trainings")}>
              <Trainings detail={detail} />
            </Section>
          </aside>
        </div>
      </Page>
    </Messages>
  );
});

/** The page's one next step: to the running case, or to begin one. */
function Begin({ detail: { unit, cases, may } }: { detail: CoachedUnitDetail }) {
  const { t } = useCoachingWords();
  const live = cases.find(({ state }) => state !== "closed");
  if (live?.state === "open")
    return (
      <ButtonLink kind="primary" href={caseLink(live.id) as Route}>
        {t("case.go")}
      </ButtonLink>
    );
  if (!may.manage) return null;
  return live ? (
    <BeginButton primary what={{ caseId: live.id, revision: live.revision }} label={t("case.takeWide")} short={t("case.take")} />
  ) : (
    <BeginButton primary what={{ unitId: unit.id }} label={t("case.open")} />
  );
}

function Cases({ detail: { unit, cases } }: { detail: CoachedUnitDetail }) {
  const { t, instant } = useCoachingWords();
  if (!cases.length) return <p className="text-13 text-ink-2">{t("unit.noCases")}</p>;
  return (
    <ul className="grid gap-2 text-13">
      {cases.map((one) => (
        <li key={one.id}>
          <Link className="link" href={caseLink(one.id) as Route}>
            {t("unit.opened", {
              state: one.outcome ? t(`outcome.${one.outcome}`) : t(`state.${one.state}`),
              day: instant(one.openedAt, unit.zone),
            })}
          </Link>
          {one.mentor && <span className="text-ink-3"> {one.mentor}</span>}
        </li>
      ))}
    </ul>
  );
}

function Trainings({ detail: { unit, trainings } }: { detail: CoachedUnitDetail }) {
  const { t, instant } = useCoachingWords();
  if (!trainings.length) return <p className="text-13 text-ink-2">{t("unit.noTrainings")}</p>;
  return (
    <ul className="grid gap-2 text-13">
      {trainings.map((one) => (
        <li key={one.id}>
          {one.title} <span className="text-ink-3">{instant(one.heldAt, unit.zone)}</span>
        </li>
      ))}
    </ul>
  );
}
