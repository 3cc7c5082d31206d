"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { decideObjectionAction } from "#lib/scores/actions.ts";
import { type Decision, decisions, type ExcuseCause, excuseCauses } from "#lib/scores/cases/rules.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";

const categories = ["substantive", "greeting", "ceremony", "repost", "other"] as const;
type Category = (typeof categories)[number];

type Props = {
  objectionId: string;
  revision: number;
  posts: { id: string; text: string; category: string; day: string }[];
  lastDay: string;
};

/** The decision with its note, and in the same step what it mends: the disputed posts' categories, days to be excused. */
export function DecideForm({ objectionId, revision, posts, lastDay }: Props) {
  const t = useTranslations("objections");
  const router = useRouter();
  const { send, busy, errorAt, errorBeside } = useSending();
  const [decision, decide] = useState<Decision>("accepted");
  const [note, write] = useState("");
  const [labels, relabel] = useState<Record<string, Category>>({});
  const [excusing, setExcusing] = useState(false);
  const [span, setSpan] = useState<{ fromDay: string; toDay: string; cause: ExcuseCause }>({
    fromDay: lastDay,
    toDay: lastDay,
    cause: "outage",
  });
  const mends = decision !== "rejected";
  const submit = () =>
    send(
      () =>
        decideObjectionAction({
          ...{ objectionId, revision, decision, note },
          corrections: mends
            ? posts.flatMap(({ id, category }) => {
                const to = labels[id];
                return to && to !== category ? [{ postId: id, from: category as Category, to }] : [];
              })
            : [],
          excused: mends && excusing ? span : null,
        }),
      () => {
        showToast(t("decide.done"));
        router.refresh();
      },
    );
  const error = errorBeside(["note", "excused", "fromDay", "toDay"]);
  return (
    <ScriptForm
      className="grid gap-5 max-w-[68ch] needs-script"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset>
        <legend className="label">{t("decide.decision")}</legend>
        {decisions.map((each) => (
          <label key={each} className="check">
            <input type="radio" name="putusan" checked={decision === each} onChange={() => decide(each)} />
            <span>{t(`decide.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {mends && posts.length > 0 && (
        <fieldset className="grid gap-3">
          <legend className="label">{t("decide.corrections")}</legend>
          <span className="hint">{t("decide.correctionsHint")}</span>
          {posts.map((post) => (
            <Field
              key={post.id}
              id={`kategori-${post.id}`}
              label={<span className="font-body line-clamp-2 wrap-anywhere">{post.text}</span>}
            >
              {(control) => (
                <Select
                  {...control}
                  value={labels[post.id] ?? post.category}
                  onChange={(event) => relabel({ ...labels, [post.id]: event.target.value as Category })}
                >
                  {categories.map((each) => (
                    <option key={each} value={each}>
                      {each === post.category ? t("decide.keep", { category: t(`category.${each}`) }) : t(`category.${each}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ))}
        </fieldset>
      )}
      {mends && (
        <div>
          <label className="check">
            <input type="checkbox" checked={excusing} onChange={(event) => setExcusing(event.target.checked)} />
            <span>{t("decide.excuse")}</span>
            <small>{t("decide.excuseHint")}</small>
          </label>
          {excusing && (
            <div className="grid gap-4 sm:grid-cols-3 mt-2">
              <Field id="dikecualikan-dari" label={t("excused.from")} error={errorAt("fromDay") ?? errorAt("excused")}>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    value={span.fromDay}
                    onChange={(event) => setSpan({ ...span, fromDay: event.target.value })}
                  />
                )}
              </Field>
              <Field id="dikecualikan-sampai" label={t("excused.to")} error={errorAt("toDay")}>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    value={span.toDay}
                    onChange={(event) => setSpan({ ...span, toDay: event.target.value })}
                  />
                )}
              </Field>
              <Field id="dikecualikan-sebab" label={t("excused.cause")}>
                {(control) => (
                  <Select
                    {...control}
                    value={span.cause}
                    onChange={(event) => setSpan({ ...span, cause: event.target.value as ExcuseCause })}
                  >
                    {excuseCauses.map((each) => (
                      <option key={each} value={each}>
                        {t(`cause.${each}`)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            </div>
          )}
        </div>
      )}
      <Field id="catatan-putusan" label={t("decide.note")} hint={t("decide.noteHint")} error={errorAt("note")}>
        {(control) => <Textarea {...control} rows={4} maxLength={3000} value={note} onChange={(event) => write(event.target.value)} />}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("decide.send")}
        </Button>
      </div>
    </ScriptForm>
  );
}
