import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { buildDocument, periodText } from "#lib/reports/document/building.ts";
import { wordsIn } from "#lib/reports/document/wording.ts";
import { type ReportDetail, reportDetail } from "#lib/reports/queries.ts";
import { CopyButton } from "@/components/inbox/copy-button.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { DocumentView } from "@/components/reports/document-view.tsx";
import { ReportStateMark } from "@/components/reports/report-state.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { ReportForm } from "./report-form.tsx";
import { ReportSteps } from "./report-steps.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports.one"))("title") });

/** One report: how it reads, its files and texts, and what is still to be set before it is final. */
export default page("report.read", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Refusal("not-found");
  const [t, locale, report] = await Promise.all([getTranslations("reports"), readLocale(), reportDetail(actor, id.data)]);
  const say = await wordsIn(locale);
  const { figures, letterhead, unit } = report;
  return (
    <>
      <PageHeader title={unit.name} purpose={t("one.purpose", { period: periodText(report.period, locale) })} />
      <Page>
        <LiveRefresh topics={["report"]} />
        <div className="with-rail">
          <div className="min-w-0">
            {figures && letterhead ? (
              <DocumentView
                document={buildDocument(figures, letterhead.basis, say, locale)}
                letterhead={letterhead}
                number={report.number}
                signatory={report.signatory}
                day={formatInstant(new Date(figures.at), unit.zone, locale, "date")}
                say={say}
                locale={locale}
              />
            ) : (
              <Note role="status">{t("one.noFigures")}</Note>
            )}
          </div>
          <aside className="rail" aria-label={t("one.rail")}>
            <Messages namespaces={["reports", "problems", "lapor"]}>
              <Standing report={report} />
              {report.hasFiles && <Files report={report} />}
              {report.text && (
                <Section id="teks-laporan" title={t("one.text")} aside={<CopyButton text={report.text} all />}>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls is reached by keyboard */}
                  <div className="share-text" tabIndex={0}>
                    {report.text}
                  </div>
                </Section>
              )}
              {report.mine && !report.finalisedAt && (
                <Section id="penetapan" title={t("one.set")}>
                  <ReportForm
                    key={report.revision}
                    report={{
                      id: report.id,
                      revision: report.revision,
                      number: report.number,
                      signatory: report.signatory,
                      paper: report.paper,
                    }}
                    locked={report.state === "waiting" || report.state === "making"}
                  />
                </Section>
              )}
              {report.sent.length > 0 && <Sent report={report} />}
            </Messages>
          </aside>
        </div>
      </Page>
    </>
  );
});

async function Standing({ report }: { report: ReportDetail }) {
  const t = await getTranslations("reports");
  const { state, finalisedAt, problem, version, previousId, nextId, unit } = report;
  return (
    <Section id="keadaan" title={t("one.state")}>
      <p className="mb-2">
        <ReportStateMark state={state} final={finalisedAt !== null} />
      </p>
      <p className="text-13 text-ink-2 mb-3">{t(`one.explained.${finalisedAt ? "final" : state}`)}</p>
      {problem && (
        <Note kind="danger" role="alert">
          {t(`one.failure.${problem as "not-made"}`)}
        </Note>
      )}
      <dl className="facts my-3">
        {report.madeAt && (
          <>
            <dt>{t("one.made")}</dt>
            <dd>
              <Time at={report.madeAt} zone={unit.zone} style="short" />
            </dd>
          </>
        )}
        {finalisedAt && (
          <>
            <dt>{t("one.finalised")}</dt>
            <dd>
              <Time at={finalisedAt} zone={unit.zone} style="short" />
            </dd>
          </>
        )}
        <dt>{t("one.version")}</dt>
        <dd>
          {version}
          {previousId && (
            <>
              {" · "}
              <Link className="link" href={`/reports/${previousId}` as Route}>
                {t("one.previous")}
              </Link>
            </>
          )}
          {nextId && (
            <>
              {" · "}
              <Link className="link" href={`/reports/${nextId}` as Route}>
                {t("one.next")}
              </Link>
            </>
          )}
        </dd>
      </dl>
      {report.mine && (
        <ReportSteps id={report.id} revision={report.revision} state={state} final={finalisedAt !== null} renewed={nextId !== null} />
      )}
    </Section>
  );
}

async function Files({ report }: { report: ReportDetail }) {
  const t = await getTranslations("reports.one");
  return (
    <Section id="berkas" title={t("files")}>
      <div className="flex flex-wrap gap-2">
        {(["pdf", "xlsx"] as const).map((kind) => (
          <a key={kind} className="btn" href={`/reports/${report.id}/file?kind=${kind}`} download>
            <Icon name="download" />
            <span>{t(kind)}</span>
          </a>
        ))}
      </div>
      <p className="text-13 text-ink-3 mt-2">{t("filesNote")}</p>
    </Section>
  );
}

async function Sent({ report }: { report: ReportDetail }) {
  const t = await getTranslations("reports.one");
  return (
    <Section id="dikirim" title={t("sent")}>
      <ul className="grid gap-2 text-13">
        {report.sent.map(({ address, name, state, sentAt }) => (
          <li key={address}>
            <span className="font-label">{name}</span> <span className="text-ink-3 break-all">{address}</span>
            <br />
            {t(`delivery.${state as "sent"}`)}
            {sentAt && (
              <>
                {" · "}
                <Time at={sentAt} zone={report.unit.zone} style="short" />
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
