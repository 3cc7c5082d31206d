"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { endPauseAction } from "#lib/posts/actions.ts";
import type { EndPause as EndPauseInput, ResumeChoice } from "#lib/posts/schema.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { fieldOfInstant, instantOfField } from "#lib/units/local-time.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";

type Post = { id: string; title: string; dueAt: string; comment: boolean };
type Choice = { how: ResumeChoice["how"]; field: string };
type Props = { pauseId: string; unit: string; zone: Zone; zoneLabel: string; count: number; posts: Post[] };

/** Ends a pause: one choice for all, and another for each post that needs one. */
export function EndPause({ pauseId, unit, zone, zoneLabel, count, posts }: Props) {
  const t = useTranslations("delivery.pause");
  const answerText = useAnswerText();
  const router = useRouter();
  const [otherwise, setOtherwise] = useState<EndPauseInput["otherwise"]>("time");
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const end = () =>
    start(async () => {
      const choices = Object.entries(chosen).map(([postId, { how, field }]) => ({
        postId,
        how,
        publishAt: how === "new" ? instantOfField(field, zone) : null,
      }));
      const answer = await endPauseAction({ pauseId, otherwise, choices }).catch(unreachable);
      if (!answer.ok) return setError(answerText(answer));
      const { released, back, gated, asked } = answer;
      showToast(t("ended", { released, back, gated, asked }));
      router.refresh();
    });
  const choose = (post: Post, how: string) =>
    setChosen(({ [post.id]: before, ...rest }) =>
      how === "same"
        ? rest
        : { ...rest, [post.id]: { how: how as Choice["how"], field: before?.field ?? fieldOfInstant(post.dueAt, zone) } },
    );
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) end();
      }}
    >
      {count > 0 && (
        <>
          <p className="text-ink-2">{t("resumeWhat")}</p>
          <Field id={`sisanya-${pauseId}`} label={t("otherwise")}>
            {(control) => (
              <Select {...control} value={otherwise} onChange={(event) => setOtherwise(event.target.value as EndPauseInput["otherwise"])}>
                {(["time", "now", "back"] as const).map((how) => (
                  <option key={how} value={how}>
                    {t(`how.${how}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <ul className="grid gap-4">
            {posts.map((post) => (
              <HeldPost
                key={post.id}
                post={post}
                zone={zone}
                zoneLabel={zoneLabel}
                choice={chosen[post.id]}
                choose={(how) => choose(post, how)}
                setField={(field) => setChosen((all) => ({ ...all, [post.id]: { how: "new", field } }))}
              />
            ))}
          </ul>
          {count > posts.length && <p className="text-13 text-ink-2">{t("more", { shown: posts.length, count })}</p>}
        </>
      )}
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <p>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("end")}
          <span className="sr-only"> {unit}</span>
        </Button>
      </p>
    </ScriptForm>
  );
}

type HeldProps = {
  post: Post;
  zone: Zone;
  zoneLabel: string;
  choice: Choice | undefined;
  choose: (how: string) => void;
  setField: (field: string) => void;
};

function HeldPost({ post, zone, zoneLabel, choice, choose, setField }: HeldProps) {
  const t = useTranslations("delivery.pause");
  const locale = useLocale();
  const title = post.title || t("untitled");
  const time = formatInstant(new Date(post.dueAt), zone, isLocale(locale) ? locale : "id", "short");
  return (
    <li className="grid gap-2">
      <Field
        id={`pilihan-${post.id}`}
        label={title}
        hint={
          <>
            {post.comment && `${t("comment")} · `}
            {time}
          </>
        }
      >
        {(control) => (
          <Select
            {...control}
            aria-label={t("choice", { title })}
            value={choice?.how ?? "same"}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="same">{t("same")}</option>
            {(["time", "now", "new", "back"] as const).map((how) => (
              <option key={how} value={how}>
                {t(`how.${how}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {choice?.how === "new" && (
        <Field id={`waktu-${post.id}`} label={t("newTime", { zone: zoneLabel })}>
          {(control) => (
            <Input {...control} type="datetime-local" required value={choice.field} onChange={(event) => setField(event.target.value)} />
          )}
        </Field>
      )}
    </li>
  );
}
