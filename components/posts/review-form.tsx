"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useTransition } from "react";
import { decideOnPostAction } from "#lib/posts/actions.ts";
import { type Checklist, checkpoints } from "#lib/posts/rules.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { forgetReview, keepReview, recallReview, reviewKey } from "./kept-review.ts";
import { Sign } from "./sign.tsx";

type Props = {
  post: { id: string; revision: number };
  /** The step that is shown, counted from 0; the decision holds for no other. */
  step: number;
  isLast: boolean;
  /** What is known to a question. */
  facts: Partial<Record<keyof Checklist, string>>;
  next: string | null;
  previous: string | null;
  schedules: boolean;
  personalData: boolean;
};
type Decision = "approve" | "return" | "reject";

const none = Object.fromEntries(checkpoints.map((c) => [c, false])) as Checklist;

/** The six points and the decision. Keys 1–6 tick, A approves, R goes to the note, J and K move in the queue. */
export function ReviewForm({ post, step, isLast, facts, next, previous, schedules, personalData }: Props) {
  const t = useTranslations("posts.review");
  const router = useRouter();
  const answerText = useAnswerText();
  const [checklist, setChecklist] = useState(none);
  const [note, setNote] = useState("");
  const [error, setError] = useState<{ field: "note" | "bar"; text: string }>();
  const [busy, start] = useTransition();
  const noteField = useRef<HTMLTextAreaElement>(null);
  const open = checkpoints.filter((c) => !checklist[c]).length;

  const key = reviewKey(post, step);
  useEffect(() => {
    const kept = recallReview(key);
    setChecklist(kept?.checklist ?? none);
    setNote(kept?.note ?? "");
  }, [key]);
  const write = (now: { checklist: Checklist; note: string }) => {
    setChecklist(now.checklist);
    setNote(now.note);
    keepReview(key, now);
  };
  const tick = (point: keyof Checklist) => write({ checklist: { ...checklist, [point]: !checklist[point] }, note });
  const decide = (decision: Decision) =>
    start(async () => {
      setError(undefined);
      const answer = await decideOnPostAction({ postId: post.id, revision: post.revision, decision, note, checklist, step }).catch(
        unreachable,
      );
      if (!answer.ok) {
        const onNote = answer.problems.some((p) => p.field === "note");
        if (onNote) noteField.current?.focus();
        return setError({ field: onNote ? "note" : "bar", text: answerText(answer) });
      }
      forgetReview(key);
      if (answer.step !== undefined) showToast(answer.step === step ? t("done.vote") : t("done.step", { number: answer.step + 1 }));
      else showToast(t(decision === "approve" ? (answer.scheduled ? "done.scheduled" : "done.approved") : `done.${decision}`));
      router.push(next ? `/review/${next}` : "/review");
      router.refresh();
    });

  const act = useRef<(key: string) => void>(() => {});
  act.current = (key) => {
    const point = checkpoints[Number(key) - 1];
    if (point) tick(point);
    else if (key === "a" && !busy) decide("approve");
    else if (key === "r") noteField.current?.focus();
    else if (key === "j" && next) router.push(`/review/${next}`);
    else if (key === "k" && previous) router.push(`/review/${previous}`);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("textarea, select, input:not([type=checkbox])");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      act.current(event.key.toLowerCase());
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <>
      <aside className="review-check" aria-labelledby="enam-hal">
        <div className="flex justify-between items-baseline mb-3">
          <h2 id="enam-hal" className="text-14 font-heading">
            {t("sixPoints")}
          </h2>
          <span className="text-13 text-ink-3" role="status">
            {t("ticked", { count: checkpoints.length - open, all: checkpoints.length })}
          </span>
        </div>
        <ul>
          {checkpoints.map((point, index) => (
            <li key={point}>
              <label className="check">
                <input type="checkbox" checked={checklist[point]} onChange={() => tick(point)} />
                <span className="font-strong">{t(`point.${point}.name`)}</span>
                <kbd>{index + 1}</kbd>
                <small>
                  {t(`point.${point}.question`)}
                  {facts[point] && <span className="block text-ink-2">{facts[point]}</span>}
                </small>
              </label>
            </li>
          ))}
        </ul>
        <p className={`note mt-4 ${personalData ? "note-danger" : ""}`}>
          <Sign name={personalData ? "warning" : "check"} />
          <span>{t(personalData ? "personalData" : "noPersonalData")}</span>
        </p>
        <div className="mt-5">
          <Field id="catatan" label={t("note")} hint={t("noteHint")} error={error?.field === "note" ? error.text : undefined}>
            {(control) => (
              <Textarea
                {...control}
                ref={noteField}
                value={note}
                maxLength={2000}
                onChange={(e) => write({ checklist, note: e.target.value })}
              />
            )}
          </Field>
        </div>
      </aside>
      <div className="footer-bar review-bar">
        <span className={`footer-words text-13 ${error?.field === "bar" ? "text-danger-text font-label" : "text-ink-3"}`} role="status">
          {error?.field === "bar" ? error.text : open ? t("open", { count: open }) : t("ready")}
        </span>
        <Button kind="danger" aria-disabled={busy || undefined} onClick={() => !busy && decide("reject")}>
          {t("reject")}
        </Button>
        <Button keys="R" aria-disabled={busy || undefined} onClick={() => !busy && decide("return")}>
          {t("return")}
        </Button>
        <Button kind="primary" keys="A" aria-disabled={busy || open > 0 || undefined} onClick={() => !busy && decide("approve")}>
          {t(schedules && isLast ? "approveAndSchedule" : "approve")}
        </Button>
      </div>
    </>
  );
}
