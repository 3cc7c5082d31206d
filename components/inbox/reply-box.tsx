"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import type { Problem } from "#lib/core/errors.ts";
import { addNoteAction, answerCaseAction } from "#lib/inbox/actions.ts";
import { longestAnswer } from "#lib/inbox/rules.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { checkReply, replyCounter } from "#lib/platforms/problems.ts";
import { useProblemText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import { showToast } from "../ui/toast.tsx";
import { useDraft } from "./use-draft.ts";
import { useWork } from "./work.tsx";

type Props = { caseId: string; revision: number; platform: Platform; isPrivate: boolean; name: string; personId: string };
type Mode = "answer" | "note";

/** Where a case is answered, or noted upon for colleagues. Two texts, each kept until it has been sent. */
export function ReplyBox({ caseId, revision, platform, isPrivate, name, personId }: Props) {
  const t = useTranslations("inbox.compose");
  const problemText = useProblemText();
  const { working, work } = useWork();
  const field = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<Mode>("answer");
  const [refused, refuse] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const drafts = { answer: useDraft(`garda:answer:${personId}:${caseId}`, field), note: useDraft(`garda:note:${personId}:${caseId}`) };
  const { text, write } = drafts[mode];
  const stops = mode === "answer" ? stopsOf(platform, text) : [];
  const error = stops.length ? stops.map(problemText).join(" ") : refused;

  const choose = (next: Mode) => {
    setMode(next);
    refuse(null);
    field.current?.focus();
  };
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (working || stops.length) return;
    if (!text.trim()) return refuse(problemText({ code: `${mode}-empty` }));
    const act = () => (mode === "answer" ? answerCaseAction({ caseId, revision, text }) : addNoteAction({ caseId, text }));
    const done = () => {
      write("");
      setSending(false);
      showToast(t(mode === "answer" ? "sent" : "noted"));
      field.current?.focus();
    };
    refuse(null);
    setSending(true);
    work(act, done, (why) => {
      refuse(why);
      setSending(false);
    });
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  const { count, limit } = lengthOf(platform, text);
  const described = [error && "reply-error", "reply-status"].filter(Boolean).join(" ");

  return (
    <form className="reply needs-script" onSubmit={send}>
      <div className={`reply-box ${mode === "note" ? "reply-box-note" : ""}`}>
        <label className="sr-only" htmlFor="reply-text">
          {t(mode === "answer" && isPrivate ? "privateLabel" : `${mode}Label`, { name })}
        </label>
        <textarea
          id="reply-text"
          ref={field}
          value={text}
          readOnly={sending}
          placeholder={t(`${mode}Hint`, { name })}
          aria-invalid={error ? true : undefined}
          aria-describedby={described}
          aria-keyshortcuts="Control+Enter"
          onChange={(event) => {
            write(event.target.value);
            refuse(null);
          }}
          onKeyDown={sendByKey}
        />
        <div className="reply-tools">
          <Segments label={t("kind")}>
            <Segment pressed={mode === "answer"} data-key="r" onClick={() => choose("answer")}>
              {t("answer")}
            </Segment>
            <Segment pressed={mode === "note"} data-key="n" onClick={() => choose("note")}>
              {t("note")}
            </Segment>
          </Segments>
          <Button kind="primary" small type="submit" keys="Ctrl ↵" aria-disabled={working || undefined}>
            {sending ? t("sending") : t(mode === "answer" ? "send" : "save")}
          </Button>
        </div>
      </div>
      {error && (
        <p className="error" id="reply-error" role="alert">
          {error}
        </p>
      )}
      <p className="reply-status" id="reply-status">
        <span>{text && t("draftKept")}</span>
        {mode === "answer" && text && (
          <span className={count > limit ? "text-danger-text" : undefined}>{t("count", { count, limit })}</span>
        )}
      </p>
    </form>
  );
}

/** In the platform's own unit; our own limit where the platform's is for posts. */
function lengthOf(platform: Platform, text: string) {
  const { count, limit } = replyCounter(platform, text);
  return limit < longestAnswer ? { count, limit } : { count: text.length, limit: longestAnswer };
}

/** What would be refused. */
function stopsOf(platform: Platform, text: string): Pick<Problem, "code" | "params">[] {
  if (!text.trim()) return [];
  if (text.length > longestAnswer) return [{ code: "text-too-long", params: { over: text.length - longestAnswer, limit: longestAnswer } }];
  return checkReply(platform, text);
}
