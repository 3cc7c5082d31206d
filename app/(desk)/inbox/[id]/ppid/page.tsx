import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { type InformationRequest, numberFor, requestOf } from "#lib/inbox/ppid/queries.ts";
import { extensionDays, isOpenRequest, requestDays } from "#lib/inbox/ppid/rules.ts";
import type { RequestForm as Form } from "#lib/inbox/ppid/schema.ts";
import { caseDetail } from "#lib/inbox/queries.ts";
import { startOfDay, zoneOf } from "#lib/units/calendar.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { RequestForm } from "./request-form.tsx";
import { Close, Extend, Register } from "./request-steps.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("ppid"))("formTitle") });

const empty: Form = { name: "", address: "", contact: "", information: "", purpose: "", way: "" };

/** A case's request for public information, from its form to its outcome. */
export default page("ppid.manage", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Refusal("not-found");
  const detail = await caseDetail(actor, id.data);
  if (!reaches(actor, "ppid.manage", { unitId: detail.unit.id, governmentId: detail.unit.governmentId })) throw new Refusal("not-found");
  const [request, { number, today }, t] = await Promise.all([requestOf(actor, detail.id), numberFor(detail.unit), getTranslations("ppid")]);
  const state = request?.state ?? "incomplete";
  const open = isOpenRequest(state);
  const ref = request && { requestId: request.id, revision: request.revision };
  return (
    <Messages namespaces={["ppid", "problems"]}>
      <PageHeader title={t("formTitle")} purpose={t("formPurpose")} />
      <Page>
        <div className="grid gap-6">
          <p>
            <Link className="link" href={`/inbox/${detail.id}` as Route}>
              {t("back")}
            </Link>
          </p>
          <Note kind="info">{t("sealed")}</Note>
          <div className="with-rail">
            <Section id="formulir" title={t("form")}>
              <RequestForm
                key={request?.revision}
                caseId={detail.id}
                revision={request?.revision ?? 0}
                form={request?.form ?? empty}
                over={state !== "incomplete" && !open}
              />
            </Section>
            <div className="rail">
              {request && state !== "incomplete" && <Standing request={request} zone={detail.zone} />}
              {state === "incomplete" && (
                <Section id="daftar" title={t("register.heading")}>
                  {ref ? (
                    <Register key={ref.revision} {...ref} proposed={number} today={today} />
                  ) : (
                    <p className="text-13 text-ink-2">{t("register.first")}</p>
                  )}
                </Section>
              )}
              {ref && state === "registered" && (
                <Section id="perpanjang" title={t("extend.heading")}>
                  <Extend key={ref.revision} {...ref} />
                </Section>
              )}
              {ref && (open || state === "incomplete") && (
                <Section id="hasil" title={t("close.heading")}>
                  <Close key={ref.revision} {...ref} registered={open} />
                </Section>
              )}
            </div>
          </div>
        </div>
      </Page>
    </Messages>
  );
});

async function Standing({ request, zone }: { request: InformationRequest; zone: string }) {
  const t = await getTranslations("ppid");
  const day = (local: string) => <Time at={startOfDay(local, zoneOf(zone))} zone={zone} style="date" />;
  const { number, registeredDay, dueDay, extendedReason, decisionNote, state } = request;
  return (
    <Section id="keadaan" title={t("standing")}>
      <dl className="facts">
        <dt>{t("number")}</dt>
        <dd className="wrap-anywhere">{number ?? t("noNumber")}</dd>
        <dt>{t("standing")}</dt>
        <dd>{t(`state.${state}`)}</dd>
        {registeredDay && <dt>{t("registered")}</dt>}
        {registeredDay && <dd>{day(registeredDay)}</dd>}
        {dueDay && <dt>{t("due")}</dt>}
        {dueDay && <dd>{day(dueDay)}</dd>}
        {extendedReason && <dt>{t("extended")}</dt>}
        {extendedReason && <dd className="break-words">{extendedReason}</dd>}
        {decisionNote && <dt>{t("decision")}</dt>}
        {decisionNote && <dd className="break-words">{decisionNote}</dd>}
      </dl>
      <p className="mt-3 text-13 text-ink-3">{t("basis", { days: requestDays, more: extensionDays })}</p>
    </Section>
  );
}
