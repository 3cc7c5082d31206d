"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fileObjectionAction } from "#lib/scores/actions.ts";
import type { Disputable } from "#lib/scores/cases/rules.ts";
import { halvesText } from "@/components/scores/halves.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Field, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";

type Props = {
  snapshotId: string;
  day: string;
  component: Disputable | null;
  back: Route;
  components: { key: Exclude<Disputable, "cap">; name: string; points: string | null; weight: string }[];
  capped: boolean;
  posts: { id: string; day: string; text: string; halves: number }[];
};

/** What is disputed, what is wrong with it, on what evidence, and which posts it is about. */
export function FileForm({ snapshotId, day, component: given, back, components, capped, posts }: Props) {
  const t = useTranslations("objections.file");
  const name = useTranslations("objections.component");
  const router = useRouter();
  const { send, busy, errorAt, errorBeside } = useSending();
  const [component, dispute] = useState<Disputable | "">(given ?? "");
  const [statement, write] = useState("");
  const [evidence, prove] = useState("");
  const [chosen, choose] = useState<readonly string[]>([]);
  const submit = () =>
    send(
      () => fileObjectionAction({ snapshotId, day, component: component as Disputable, statement, evidence, postIds: [...chosen] }),
      ({ objectionId }) => {
        showToast(t("sent"));
        router.push(`/scores/objections/${objectionId}` as Route);
      },
    );
  const error = errorBeside(["component", "statement", "evidence", "postIds"]);
  return (
    <ScriptForm
      className="grid gap-5 max-w-[68ch] needs-script"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field id="komponen" label={t("component")} error={errorAt("component")}>
        {(control) => (
          <Select {...control} required value={component} onChange={(event) => dispute(event.target.value as Disputable)}>
            <option value="" disabled>
              {t("choose")}
            </option>
            {components.map((one) => (
              <option key={one.key} value={one.key}>
                {one.points === null
                  ? t("left", { name: one.name })
                  : t("points", { name: one.name, points: one.points, weight: one.weight })}
              </option>
            ))}
            {capped && <option value="cap">{name("cap")}</option>}
          </Select>
        )}
      </Field>
      <Field id="pernyataan" label={t("statement")} hint={t("statementHint")} error={errorAt("statement")}>
        {(control) => (
          <Textarea {...control} rows={5} required maxLength={3000} value={statement} onChange={(event) => write(event.target.value)} />
        )}
      </Field>
      <Field id="bukti" label={t("evidence")} hint={t("evidenceHint")} error={errorAt("evidence")}>
        {(control) => <Textarea {...control} rows={3} maxLength={2000} value={evidence} onChange={(event) => prove(event.target.value)} />}
      </Field>
      <fieldset>
        <legend className="label">{t("posts")}</legend>
        <span className="hint">{posts.length ? t("postsHint") : t("postsNone")}</span>
        <div className="pick">
          {posts.map((post) => (
            <label key={post.id} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(post.id)}
                onChange={(event) => choose(event.target.checked ? [...chosen, post.id] : chosen.filter((one) => one !== post.id))}
              />
              <span className="line-clamp-2 wrap-anywhere">{post.text}</span>
              <small>
                {post.day}, {halvesText(post.halves)}
              </small>
            </label>
          ))}
        </div>
        {errorAt("postIds") && <p className="error">{errorAt("postIds")}</p>}
      </fieldset>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("send")}
        </Button>
        <ButtonLink href={back}>{t("cancel")}</ButtonLink>
      </div>
    </ScriptForm>
  );
}
