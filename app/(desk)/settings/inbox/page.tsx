import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { page } from "#lib/core/doors.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { SettingsTabs } from "../settings-tabs.tsx";
import { AssignmentSection } from "./assignment-section.tsx";
import { ReplyApprovalSection } from "./reply-approval-section.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("inbox.assignment"))("title") });

/** How a unit's inbox works: each matter is a section of its own. */
export default page("approval.manage", async ({ actor }) => {
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("inbox.assignment")]);
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <SettingsTabs current="inbox" />
        <Messages namespaces={["inbox", "problems"]}>
          <div className="grid gap-8 max-w-[760px]">
            <AssignmentSection actor={actor} unit={unit} />
            <ReplyApprovalSection actor={actor} unit={unit} />
          </div>
        </Messages>
      </Page>
    </>
  );
});
