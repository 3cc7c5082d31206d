"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { disconnectChannelAction } from "#lib/channels/actions.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Note } from "@/components/ui/note.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

/** Asks first: the key is forgotten, so that no press takes it back. */
export function DisconnectChannel({ channelId, name }: { channelId: string; name: string }) {
  const t = useTranslations("channels.disconnect");
  const router = useRouter();
  const answerText = useAnswerText();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const close = () => {
    setOpen(false);
    setProblem(null);
  };
  const disconnect = () => {
    if (pending) return;
    start(async () => {
      const answer = await attempt(disconnectChannelAction({ channelId }));
      if (!answer.ok) {
        setProblem(answerText(answer));
        return;
      }
      close();
      router.refresh();
      showToast(t("done", { name }));
    });
  };
  return (
    <>
      <Button kind="quiet" small onClick={() => setOpen(true)}>
        {t("open")}
        <span className="sr-only"> {name}</span>
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={t("title", { name })}
        closeLabel={t("close")}
        actions={
          <>
            <Button onClick={close}>{t("cancel")}</Button>
            <Button kind="danger" onClick={disconnect} aria-disabled={pending || undefined}>
              {t("submit")}
            </Button>
          </>
        }
      >
        <div className="grid gap-3 text-left whitespace-normal">
          <p>{t("ends")}</p>
          <p className="text-ink-2">{t("stays")}</p>
          <div role="status" className="empty:-mt-3">
            {problem && <Note kind="danger">{problem}</Note>}
          </div>
        </div>
      </Dialog>
    </>
  );
}
