"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { orderModerationAction } from "#lib/inbox/actions.ts";
import type { MessageModeration } from "#lib/inbox/thread/moderations.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { HideDialog } from "./hide-dialog.tsx";
import { useWork } from "./work.tsx";

type Ref = { caseId: string; messageId: string; revision: number };

/** What can be done with a comment without words; only what its platform has. */
export function ModerationButtons({ may, second, ...ref }: Ref & Pick<MessageModeration, "may" | "second">) {
  const t = useTranslations("inbox.moderation");
  const { working, work } = useWork();
  const [hiding, setHiding] = useState(false);
  const order = (action: "like" | "unhide") =>
    work(
      () => orderModerationAction({ ...ref, action, reason: null, note: "" }),
      () => showToast(t(`ordered.${action}`)),
    );
  const busy = working || undefined;
  return (
    <>
      <p className="message-acts needs-script">
        {may.includes("like") && (
          <Button small kind="quiet" aria-disabled={busy} onClick={working ? undefined : () => order("like")}>
            {t("like")}
          </Button>
        )}
        {may.includes("unhide") && (
          <Button small kind="quiet" aria-disabled={busy} onClick={working ? undefined : () => order("unhide")}>
            {t("unhide")}
          </Button>
        )}
        {may.includes("hide") && (
          <Button small kind="quiet" onClick={() => setHiding(true)}>
            {t("hideOpen")}
          </Button>
        )}
      </p>
      {may.includes("hide") && <HideDialog {...ref} second={second} open={hiding} onClose={() => setHiding(false)} />}
    </>
  );
}
