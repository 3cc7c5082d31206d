import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { readChoices } from "#lib/channels/consent.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { Messages } from "@/components/messages.tsx";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ChooseAccount } from "./choose-account.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("channels.choose"))("title") });

export default page("channel.manage", async ({ actor, params }) => {
  const attempt = z.uuid().safeParse(params.attempt);
  if (!attempt.success) throw new Refusal("not-found");
  const [{ unit, platform, choices }, t] = await Promise.all([readChoices(actor, attempt.data), getTranslations("channels.choose")]);
  return (
    <Messages namespaces={["channels", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { platform: platformNames[platform], unit: unit.shortName })} />
      <Page>
        <ChooseAccount attemptId={attempt.data} unit={unit.shortName} choices={choices} />
      </Page>
    </Messages>
  );
});
