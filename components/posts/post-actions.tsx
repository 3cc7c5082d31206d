"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { cancelPostAction, revisePostAction, schedulePostAction, unschedulePostAction, withdrawPostAction } from "#lib/posts/actions.ts";
import type { PostState } from "#lib/posts/rules.ts";
import type { ShownState } from "#lib/posts/shown.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { fieldOfInstant, instantOfField } from "#lib/units/local-time.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Input } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";

type Props = {
  post: { id: string; revision: number; state: PostState; shown: ShownState; publishAt: string | null; begun: boolean };
  may: { write: boolean; schedule: boolean };
  zone: Zone;
  zoneLabel: string;
};

/** What can be done with a post in its state; each press says what it did. */
export function PostActions({ post, may, zone, zoneLabel }: Props) {
  const t = useTranslations("posts.actions");
  const ui = useTranslations("ui");
  const router = useRouter();
  const answerText = useAnswerText();
  const [time, setTime] = useState(fieldOfInstant(post.publishAt, zone));
  const [error, setError] = useState<string>();
  const [asking, ask] = useState(false);
  const [busy, start] = useTransition();
  const ref = { postId: post.id, revision: post.revision };
  const run = (act: () => Promise<Answer>, done: string) =>
    start(async () => {
      setError(undefined);
      const answer = await act().catch(unreachable);
      if (!answer.ok) return setError(answerText(answer));
      showToast(done);
      router.refresh();
    });

  const plannable = may.schedule && (post.state === "approved" || (post.state === "scheduled" && !post.begun));
  const stoppable = may.write && !post.begun && ["submitted", "approved", "scheduled"].includes(post.state);
  if (!plannable && !stoppable) return <p className="text-13 text-ink-2">{t(`nothing.${post.shown}`)}</p>;
  return (
    <div className="grid gap-4">
      {post.state === "approved" && <p className="text-13 text-ink-2">{t("approvedHint")}</p>}
      {plannable && (
        <ScriptForm
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const publishAt = instantOfField(time, zone);
            if (!publishAt) return setError(answerText({ ok: false, problems: [{ code: "time-required" }] }));
            run(() => schedulePostAction({ ...ref, publishAt }), t("scheduled"));
          }}
        >
          <Field id="waktu" label={t("time", { zone: zoneLabel })} error={error}>
            {(control) => <Input {...control} type="datetime-local" value={time} onChange={(e) => setTime(e.target.value)} />}
          </Field>
          <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
            {t(post.state === "approved" ? "schedule" : "reschedule")}
          </Button>
          <Button
            aria-disabled={busy || undefined}
            onClick={() => !busy && run(() => schedulePostAction({ ...ref, publishAt: null }), t("publishing"))}
          >
            {t("publishNow")}
          </Button>
        </ScriptForm>
      )}
      {!plannable && error && <p className="error">{error}</p>}
      <div className="flex flex-wrap gap-2">
        {post.state === "submitted" && may.write && (
          <Button small onClick={() => run(() => withdrawPostAction(ref), t("withdrawn"))}>
            {t("withdraw")}
          </Button>
        )}
        {post.state === "scheduled" && plannable && (
          <Button small onClick={() => run(() => unschedulePostAction(ref), t("unscheduled"))}>
            {t("unschedule")}
          </Button>
        )}
        {stoppable && post.state !== "submitted" && (
          <Button small kind="quiet" onClick={() => run(() => revisePostAction(ref), t("revised"))}>
            {t("revise")}
          </Button>
        )}
        {stoppable && (
          <Button small kind="danger" onClick={() => ask(true)}>
            {t("cancel")}
          </Button>
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => ask(false)}
        title={t("cancelTitle")}
        closeLabel={ui("close")}
        actions={
          <Button
            kind="danger"
            onClick={() => {
              ask(false);
              run(() => cancelPostAction(ref), t("cancelled"));
            }}
          >
            {t("cancelYes")}
          </Button>
        }
      >
        <p>{t("cancelText")}</p>
      </Dialog>
    </div>
  );
}
