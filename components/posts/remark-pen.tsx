"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { addRemarkAction } from "#lib/posts/actions.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";

type Props = { post: { id: string; revision: number }; texts: { key: string; name: string }[] };
const main = "main";

/** Takes up what is selected in a text of the post, or the words typed here, and keeps a remark on them. */
export function RemarkPen({ post, texts }: Props) {
  const t = useTranslations("approvals.remarks");
  const router = useRouter();
  const answerText = useAnswerText();
  const [on, setOn] = useState({ key: main, quote: "", from: 0 });
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();

  useEffect(() => {
    const take = () => {
      const selected = selectedWords();
      if (selected) setOn(selected);
    };
    document.addEventListener("selectionchange", take);
    return () => document.removeEventListener("selectionchange", take);
  }, []);

  const add = () =>
    start(async () => {
      setError(undefined);
      const channelId = on.key === main ? null : on.key;
      const answer = await addRemarkAction({
        postId: post.id,
        revision: post.revision,
        channelId,
        quote: on.quote,
        from: on.from,
        text,
      }).catch(unreachable);
      if (!answer.ok) return setError(answerText(answer));
      setText("");
      setOn({ key: main, quote: "", from: 0 });
      showToast(t("added"));
      router.refresh();
    });

  return (
    <ScriptForm
      className="grid gap-3 mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) add();
      }}
    >
      <p className="text-13 text-ink-3">{t("hint")}</p>
      {texts.length > 1 && (
        <Field id="catatan-naskah" label={t("text")}>
          {(control) => (
            <Select {...control} value={on.key} onChange={(event) => setOn({ ...on, key: event.target.value, from: 0 })}>
              {texts.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field id="catatan-bagian" label={t("quote")}>
        {(control) => (
          <Input
            {...control}
            value={on.quote}
            maxLength={1000}
            required
            onChange={(event) => setOn({ ...on, quote: event.target.value, from: 0 })}
          />
        )}
      </Field>
      <Field id="catatan-isi" label={t("remark")} error={error}>
        {(control) => (
          <Textarea {...control} value={text} maxLength={1000} rows={2} required onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <div>
        <Button type="submit" small aria-disabled={busy || undefined}>
          {t("add")}
        </Button>
      </div>
    </ScriptForm>
  );
}

/** The words selected within one text of the post, with their place in it; null when nothing or something else is selected. */
function selectedWords() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const home = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-remarkable]");
  const text = home(range.startContainer);
  if (!text || text !== home(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const quote = standing(range);
  return quote.trim() ? { key: text.dataset.remarkable ?? main, quote, from: standing(before).length } : null;
}

/** The words of a stretch without those that the last round removed. */
function standing(range: Range): string {
  const copy = range.cloneContents();
  const within = range.commonAncestorContainer;
  if ((within instanceof Element ? within : within.parentElement)?.closest("del")) return "";
  for (const removed of copy.querySelectorAll("del")) removed.remove();
  return copy.textContent ?? "";
}
