"use client";

import { useTranslations } from "next-intl";
import { sendAgainAction } from "#lib/posts/actions.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

export function SendAgain({ publicationId }: { publicationId: string }) {
  const t = useTranslations("inbox.reply");
  const { working, work } = useWork();
  const again = () =>
    work(
      () => sendAgainAction({ publicationId }),
      () => showToast(t("againDone")),
    );
  return (
    <Button small className="justify-self-start" aria-disabled={working || undefined} onClick={working ? undefined : again}>
      {t("again")}
    </Button>
  );
}
