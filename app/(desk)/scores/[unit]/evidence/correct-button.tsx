"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PostCategory } from "#lib/posts/substance.ts";
import { correctPostAction } from "#lib/scores/actions.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";

const categories = ["substantive", "greeting", "ceremony", "repost", "other"] as const satisfies readonly PostCategory[];
type Props = { postId: string; category: PostCategory; text: string };

/** A person's word on what a post is, against the rule's. */
export function CorrectButton({ postId, category, text }: Props) {
  const t = useTranslations("objections.correct");
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="link text-13 needs-script mt-0.5" onClick={() => setOpen(true)}>
        {t("open")}
      </button>
      {open && <CorrectDialog postId={postId} category={category} text={text} onClose={() => setOpen(false)} />}
    </>
  );
}

function CorrectDialog({ postId, category, text, onClose }: Props & { onClose: () => void }) {
  const t = useTranslations("objections.correct");
  const name = useTranslations("objections.category");
  const router = useRouter();
  const { send, busy, errorAt, errorBeside } = useSending();
  const [to, choose] = useState<PostCategory>(category);
  const [reason, write] = useState("");
  const error = errorBeside(["to", "reason"]);
  const save = () =>
    send(
      () => correctPostAction({ postId, from: category, to, reason }),
      () => {
        showToast(t("done"));
        onClose();
        router.refresh();
      },
    );
  return (
    <Dialog open onClose={onClose} title={t("title")} closeLabel={t("close")}>
      <ScriptForm
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <blockquote className="text-13 text-ink-2 line-clamp-3 wrap-anywhere">{text}</blockquote>
        <p className="text-13 text-ink-2">{t("what")}</p>
        <Field id={`kategori-${postId}`} label={t("category")} error={errorAt("to")}>
          {(control) => (
            <Select {...control} value={to} onChange={(event) => choose(event.target.value as PostCategory)}>
              {categories.map((each) => (
                <option key={each} value={each}>
                  {name(each)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id={`alasan-${postId}`} label={t("reason")} hint={t("reasonHint")} error={errorAt("reason")}>
          {(control) => <Textarea {...control} rows={3} maxLength={1000} value={reason} onChange={(event) => write(event.target.value)} />}
        </Field>
        <div role="status">{error && <p className="error">{error}</p>}</div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
            {t("save")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </div>
      </ScriptForm>
    </Dialog>
  );
}
