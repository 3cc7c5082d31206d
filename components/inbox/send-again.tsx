"use client";

import { useTranslations } from "next-intl";
import { confirmSentAction } from "#lib/inbox/actions.ts";
import { sendAgainAction } from "#lib/posts/actions.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

/** What a person says of an answer whose sending failed, or that nobody else can tell of (`unsure`). */
export function SendAgain({ publicationId, unsure }: { publicationId: string; unsure: boolean }) {
  const t = useTranslations("inbox.reply");
  const { working, work } = useWork();
  const again = () =>
    work(
      () => sendAgainAction({ publicationId }),
      () => showToast(t("againDone")),
    );
  const there = () =>
    work(
      () => confirmSentAction({ publicationId }),
      () => showToast(t("thereDone")),
    );
  return (
    <div className="flex flex-wrap gap-2">
      {unsure && (
        <Button small aria-disabled={working || undefined} onClick={working ? undefined : there}>
          {t("there")}
        </Button>
      )}
      <Button small kind={unsure ? "quiet" : "plain"} aria-disabled={working || undefined} onClick={working ? undefined : again}>
        {t("again")}
      </Button>
    </div>
  );
}
