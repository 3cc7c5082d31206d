import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { finishConsent } from "#lib/channels/consent.ts";
import { consentReturn } from "#lib/channels/schema.ts";
import { page } from "#lib/core/doors.ts";
import type { Problem } from "#lib/core/errors.ts";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { Note } from "@/components/ui/note.tsx";

export const metadata: Metadata = { referrer: "no-referrer" };

/** Where a platform's consent page sends a person back to. What it brings serves once; whatever failed is told here. */
export default page("channel.manage", async ({ actor, params, search }) => {
  const t = await getTranslations("channels.consent");
  const returned = consentReturn.safeParse({ platform: params.platform, state: search.state, code: search.code ?? null });
  const result = returned.success
    ? await finishConsent(actor, returned.data)
    : { ok: false as const, problems: [{ code: "consent-over" }] as Problem[] };
  if (result.ok) redirect((result.connected ? "/settings/channels?connected=1" : `/settings/channels/choose/${result.attemptId}`) as Route);
  const platform = returned.success ? platformNames[returned.data.platform] : t("thePlatform");
  return (
    <>
      <PageHeader title={t("failedTitle")} />
      <Page>
        <div className="grid gap-4 max-w-180">
          {result.problems.map(({ code, params: values }) => (
            <Note key={code} kind="danger" icon={<Icon name="alert" />} role="alert">
              {t(`problem.${code}` as Parameters<typeof t>[0], { platform, missing: "", wanted: "", opened: "", ...values })}
            </Note>
          ))}
          <p className="text-ink-2">{t("nothingChanged")}</p>
          <div>
            <ButtonLink kind="primary" href="/settings/channels">
              {t("back")}
            </ButtonLink>
          </div>
        </div>
      </Page>
    </>
  );
});
