"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { registerFollowersAction } from "#lib/posts/imports/actions.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../attempt.ts";

/** How many followers an account had on a day, as a person saw it. */
export function FollowersForm({ channelId, zone }: { channelId: string; zone: Zone }) {
  const t = useTranslations("figures.followers");
  const answerText = useAnswerText();
  const router = useRouter();
  const id = useId();
  const [day, setDay] = useState(() => localDay(new Date(), zone));
  const [followers, setFollowers] = useState("");
  const [failed, setFailed] = useState<Exclude<Answer, { ok: true }> | null>(null);
  const [pending, start] = useTransition();
  const send = () =>
    start(async () => {
      const answer = await attempt(registerFollowersAction({ channelId, day, followers }));
      if (!answer.ok) return setFailed(answer);
      setFailed(null);
      setFollowers("");
      showToast(t("done"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-3 mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) send();
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        <Field id={`${id}-day`} label={t("day")}>
          {(control) => (
            <Input {...control} type="date" value={day} suppressHydrationWarning onChange={(event) => setDay(event.target.value)} />
          )}
        </Field>
        <Field id={`${id}-count`} label={t("count")}>
          {(control) => <Input {...control} inputMode="numeric" value={followers} onChange={(event) => setFollowers(event.target.value)} />}
        </Field>
      </div>
      {failed && (
        <p className="error" role="alert">
          {answerText(failed)}
        </p>
      )}
      <p>
        <Button type="submit" small aria-disabled={pending || undefined}>
          {t("submit")}
        </Button>
      </p>
    </ScriptForm>
  );
}
