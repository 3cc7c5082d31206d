"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { registerPostAction } from "#lib/posts/imports/actions.ts";
import { type FigureName, figureNames } from "#lib/posts/imports/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { useProblemText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../attempt.ts";

const empty = {
  ...{ permalink: "", publishedAt: "", text: "", visual: "unknown" as "image" | "video" | "none" | "unknown" },
  ...{ alt: "unknown" as "yes" | "no" | "unknown", figures: { likes: "", comments: "", shares: "", views: "", reach: "" } },
};

/** One post, written down by its address. */
export function RegisterPost({ channelId, zone }: { channelId: string; zone: Zone }) {
  const t = useTranslations("figures");
  const problemText = useProblemText();
  const router = useRouter();
  const id = useId();
  const [post, setPost] = useState(empty);
  const [failed, setFailed] = useState<Exclude<Answer, { ok: true }> | null>(null);
  const [pending, start] = useTransition();
  const set = (change: Partial<typeof empty>) => setPost({ ...post, ...change });
  const errorOf = (field: string) => {
    const problem = failed?.problems.find((one) => one.field === field);
    return problem && problemText(problem);
  };
  const send = () =>
    start(async () => {
      const answer = await attempt(registerPostAction({ channelId, ...post }));
      if (!answer.ok) return setFailed(answer);
      setFailed(null);
      setPost(empty);
      showToast(t("register.done"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-4 max-w-[640px]"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) send();
      }}
    >
      <p className="text-ink-2">{t("register.what")}</p>
      <Field id={`${id}-link`} label={t("field.permalink")} hint={t("register.linkHint")} error={errorOf("permalink")}>
        {(control) => (
          <Input {...control} inputMode="url" value={post.permalink} onChange={(event) => set({ permalink: event.target.value })} />
        )}
      </Field>
      <div className="grid gap-4 md:grid-cols-3">
        <Field id={`${id}-at`} label={t("register.at", { zone: t(`zone.${zone}`) })} error={errorOf("publishedAt")}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={post.publishedAt}
              onChange={(event) => set({ publishedAt: event.target.value })}
            />
          )}
        </Field>
        <Field id={`${id}-visual`} label={t("field.kind")}>
          {(control) => (
            <Select {...control} value={post.visual} onChange={(event) => set({ visual: event.target.value as typeof post.visual })}>
              {(["unknown", "image", "video", "none"] as const).map((kind) => (
                <option key={kind} value={kind}>
                  {t(`visual.${kind}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id={`${id}-alt`} label={t("field.alt")}>
          {(control) => (
            <Select
              {...control}
              value={post.alt}
              disabled={post.visual === "none"}
              onChange={(event) => set({ alt: event.target.value as typeof post.alt })}
            >
              {(["unknown", "yes", "no"] as const).map((one) => (
                <option key={one} value={one}>
                  {t(`alt.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field id={`${id}-text`} label={t("field.text")} error={errorOf("text")}>
        {(control) => <Textarea {...control} rows={3} value={post.text} onChange={(event) => set({ text: event.target.value })} />}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="label">{t("register.figures")}</legend>
        <div className="grid grid-cols-2 md:grid-cols-5 gap-3">
          {figureNames.map((name: FigureName) => (
            <Field key={name} id={`${id}-${name}`} label={t(`field.${name}`)} error={errorOf(`figures.${name}`)}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={post.figures[name]}
                  onChange={(event) => set({ figures: { ...post.figures, [name]: event.target.value } })}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      {failed && failed.problems.length === 0 && "refused" in failed && (
        <p className="error" role="alert">
          {problemText({ code: `refused.${failed.refused}` })}
        </p>
      )}
      <p>
        <Button type="submit" aria-disabled={pending || undefined}>
          {t("register.submit")}
        </Button>
      </p>
    </ScriptForm>
  );
}
