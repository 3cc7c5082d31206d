"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { letGoAction, readAgainAction } from "#lib/inbox/actions.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { showToast } from "@/components/ui/toast.tsx";

export function UnreadButtons({ deliveryId }: { deliveryId: string }) {
  const t = useTranslations("operations.unread");
  const sentence = useAnswerText();
  const router = useRouter();
  const [busy, start] = useTransition();
  const [asks, ask] = useState(false);
  const act = (action: typeof letGoAction, done: string) =>
    start(async () => {
      const answer = await action({ deliveryId }).catch(unreachable);
      showToast(answer.ok ? done : sentence(answer));
      ask(false);
      start(() => router.refresh());
    });
  return (
    <span className="flex flex-wrap gap-2 needs-script">
      <Button small aria-disabled={busy || undefined} onClick={busy ? undefined : () => act(readAgainAction, t("againDone"))}>
        {t("again")}
      </Button>
      <Button kind="quiet" small onClick={() => ask(true)}>
        {t("letGo")}
      </Button>
      <Dialog
        open={asks}
        onClose={() => ask(false)}
        title={t("letGo")}
        closeLabel={t("keep")}
        actions={
          <Button kind="danger" aria-disabled={busy || undefined} onClick={busy ? undefined : () => act(letGoAction, t("letGoDone"))}>
            {t("letGo")}
          </Button>
        }
      >
        <p className="text-14">{t("sure")}</p>
      </Dialog>
    </span>
  );
}
