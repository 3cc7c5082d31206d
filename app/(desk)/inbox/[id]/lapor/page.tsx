import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { type Actor, reaches } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { cut, maskedParts } from "#lib/core/text.ts";
import { type LaporTicket, laporOf } from "#lib/inbox/lapor/queries.ts";
import { laporClosingDays, laporDays, laporFirstDays, laporStates } from "#lib/inbox/lapor/rules.ts";
import type { LaporForm as Form } from "#lib/inbox/lapor/schema.ts";
import { type CaseDetail, caseDetail } from "#lib/inbox/queries.ts";
import { localDay, startOfDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { LaporForm } from "./lapor-form.tsx";
import { LaporStep } from "./lapor-step.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("lapor"))("formTitle") });

/** What can be filled in from the case: the citizen's masked words, and where they were said. */
async function proposed(actor: Actor, detail: CaseDetail): Promise<Form> {
  const t = await getTranslations("notices");
  const plain = (text: string) =>
    maskedParts(text)
      .map((part) => (part.masked === null ? part.text : t("masked")))
      .join("");
  const said = detail.thread.flatMap((entry) =>
    entry.type === "message" && entry.direction === "in" && !entry.removedAt ? entry.text : [],
  );
  const { government } = await currentUnit(actor);
  return {
    title: beginning(plain(detail.excerpt).replaceAll(/\s+/g, " ").trim(), 100),
    body: cut(said.map(plain).join("\n\n"), 8000),
    place: "",
    happenedOn: localDay(detail.receivedAt, zoneOf(detail.zone)),
    agency: government.id === detail.unit.governmentId ? government.name : detail.unit.name,
    attachments: "",
  };
}

/** So much of a text as ends with a whole word. */
const beginning = (text: string, length: number) => (text.length <= length ? text : cut(text, length).replace(/\s\S*$/, ""));

export default page("inbox.read", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Refusal("not-found");
  const [detail, ticket, t] = await Promise.all([caseDetail(actor, id.data), laporOf(actor, id.data), getTranslations("lapor")]);
  const may = reaches(actor, "inbox.work", { unitId: detail.unit.id, governmentId: detail.unit.governmentId });
  const form = ticket?.form ?? (await proposed(actor, detail));
  const { id: caseId, zone } = detail;
  return (
    <Messages namespaces={["lapor", "problems"]}>
      <PageHeader title={t("formTitle")} purpose={t("formPurpose")} />
      <Page>
        <div className="grid gap-6">
          <p>
            <Link className="link" href={`/inbox/${caseId}` as Route}>
              {t("back")}
            </Link>
          </p>
          <Note kind="info">
            <p>{t("noConnection")}</p>
            <p>
              <a className="link" href="https://www.lapor.go.id" target="_blank" rel="noopener noreferrer">
                {t("visit")}
                <span className="sr-only"> {t("newTab")}</span>
              </a>
            </p>
          </Note>
          {detail.hasPii && <Note kind="warn">{t("masked")}</Note>}
          <div className="with-rail">
            <Section id="isian" title={t("form")}>
              <LaporForm
                key={ticket?.revision}
                caseId={caseId}
                revision={ticket?.revision ?? 0}
                category={ticket?.category ?? (detail.kind === "complaint" ? "desk" : "information")}
                form={form}
                may={may}
              />
            </Section>
            <div className="rail">
              <Section id="keadaan" title={t("standing")}>
                {ticket ? <Standing ticket={ticket} zone={zone} /> : <p className="text-13 text-ink-2">{t("prepareFirst")}</p>}
                {ticket && may && (
                  <LaporStep
                    key={ticket.revision}
                    ticketId={ticket.id}
                    revision={ticket.revision}
                    state={ticket.state}
                    number={ticket.number}
                    today={localDay(now(), zoneOf(zone))}
                  />
                )}
              </Section>
            </div>
          </div>
        </div>
      </Page>
    </Messages>
  );
});

async function Standing({ ticket, zone }: { ticket: LaporTicket; zone: string }) {
  const t = await getTranslations("lapor");
  const { category, days, deadlines, number, state } = ticket;
  const day = (local: string) => <Time at={startOfDay(local, zoneOf(zone))} zone={zone} style="date" />;
  const due = (["first", "settled", "closes"] as const).filter((which) => deadlines[which]);
  return (
    <div className="grid gap-4 mb-4">
      <dl className="facts">
        <dt>{t("number")}</dt>
        <dd className="break-words">{number ?? t("noNumber")}</dd>
        <dt>{t("standing")}</dt>
        <dd>{t(`state.${state}`)}</dd>
        <dt>{t("history")}</dt>
        <dd>
          <ul>
            {laporStates
              .filter((each) => days[each])
              .map((each) => (
                <li key={each}>
                  {t(`state.${each}`)}: {day(days[each] ?? "")}
                </li>
              ))}
          </ul>
        </dd>
        {due.map((which) => (
          <DueLine key={which} label={t(`deadlines.${which}`)}>
            {day(deadlines[which] ?? "")}
          </DueLine>
        ))}
      </dl>
      {due.length === 0 && <p className="text-13 text-ink-2">{t("deadlines.none")}</p>}
      <p className="text-13 text-ink-3">
        {t("deadlines.source", { first: laporFirstDays, days: laporDays[category], closing: laporClosingDays })}
      </p>
    </div>
  );
}

const DueLine = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
);
