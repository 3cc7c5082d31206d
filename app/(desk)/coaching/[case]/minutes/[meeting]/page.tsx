import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { caseDetail } from "#lib/coaching/cases/detail.ts";
import { caseLink } from "#lib/coaching/links.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { Minutes } from "@/components/coaching/minutes.tsx";
import { PrintButton } from "@/components/coaching/print-button.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import Link from "@/components/ui/link.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching.minutes"))("title") });

/** The berita acara of a meeting as it is printed by the browser. */
export default page("coaching.read", async ({ actor, params }) => {
  const ids = z.object({ case: z.uuid(), meeting: z.uuid() }).safeParse(params);
  if (!ids.success) throw new Refusal("not-found");
  const one = await caseDetail(actor, ids.data.case);
  const meeting = one.meetings.find(({ id }) => id === ids.data.meeting);
  if (!meeting) throw new Refusal("not-found");
  const t = await getTranslations("coaching.minutes");
  return (
    <>
      <PageHeader title={t("title")} purpose={one.unit.name} action={<PrintButton label={t("print")} />} />
      <Page>
        <p className="mb-5 print:hidden">
          <Link className="link" href={caseLink(one.id) as Route}>
            {t("back")}
          </Link>
        </p>
        <Minutes one={one} meeting={meeting} />
      </Page>
    </>
  );
});
