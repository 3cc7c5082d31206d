"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { addNoteAction, answerCaseAction } from "#lib/inbox/actions.ts";
import type { Kind } from "#lib/inbox/kinds.ts";
import type { Canned } from "#lib/inbox/replies/canned.ts";
import type { Filling } from "#lib/inbox/replies/canned-rules.ts";
import type { ServerDraft } from "#lib/inbox/replies/draft-rules.ts";
import type { Mentionable } from "#lib/inbox/work/mentioning.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useProblemText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import { showToast } from "../ui/toast.tsx";
import { lengthOf, stopsOf } from "./answer-length.ts";
import { CannedDialog } from "./canned-dialog.tsx";
import { DraftLine } from "./draft-line.tsx";
import { onInsertAnswer } from "./insert-answer.ts";
import { MentionList, mentionedIn, useMentions } from "./mention-field.tsx";
import { Moved } from "./moved.tsx";
import { Presence } from "./presence.tsx";
import { useDraft } from "./use-draft.ts";
import { type LastSaid, useMoved } from "./use-moved.ts";
import { useWork } from "./work.tsx";

export type ReplyBoxProps = {
  caseId: string;
  revision: number;
  platform: Platform;
  isPrivate: boolean;
  name: string;
  kind: Kind;
  zone: string;
  /** Whose drafts the box keeps. */
  personId: string;
  /** Who was asked to act may note, and only the owner answers. */
  mayAnswer: boolean;
  draft: ServerDraft | null;
  people: readonly Mentionable[];
  canned: readonly Canned[];
  filling: Filling;
  /** What was said last, by whomever. */
  last: LastSaid;
};
type Mode = "answer" | "note";

/** Where a case is answered, or noted upon for colleagues. Two texts, each kept until it has been sent. */
export function ReplyBox(props: ReplyBoxProps) {
  const { caseId, revision, platform, isPrivate, name, kind, zone, personId, mayAnswer, people, canned, filling } = props;
  const t = useTranslations("inbox.compose");
  const problemText = useProblemText();
  const router = useRouter();
  const { working, work } = useWork();
  const field = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<Mode>(mayAnswer ? "answer" : "note");
  const [refused, refuse] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const drafts = {
    answer: useDraft(`garda:answer:${personId}:${caseId}`, mayAnswer ? { caseId, server: props.draft, field } : {}),
    note: useDraft(`garda:note:${personId}:${caseId}`),
  };
  const draft = drafts[mode];
  const { text, write } = draft;
  const moved = useMoved(props.last, drafts.answer.text !== "");
  const mentions = useMentions(field, people, write);
  const stops = mode === "answer" ? stopsOf(platform, text) : [];
  const overtaken = mode === "answer" && moved.asked ? moved.news : null;
  const error = stops.length ? stops.map(problemText).join(" ") : overtaken ? null : refused;

  const choose = (next: Mode) => {
    if (next === "answer" && !mayAnswer) return;
    setMode(next);
    refuse(null);
    field.current?.focus();
  };
  const insert = useEffectEvent((words: string) => {
    if (!mayAnswer) return;
    const { text: before, write: put } = drafts.answer;
    put(before.trim() ? `${before.trimEnd()}\n\n${words}` : words);
    choose("answer");
  });
  const answerByKey = useEffectEvent(() => choose("answer"));
  const noteByKey = useEffectEvent(() => choose("note"));
  useEffect(() => {
    const stop = onInsertAnswer((words) => insert(words));
    const [answers, notes] = [() => answerByKey(), () => noteByKey()];
    addEventListener("inbox:reply", answers);
    addEventListener("inbox:note", notes);
    return () => {
      stop();
      removeEventListener("inbox:reply", answers);
      removeEventListener("inbox:note", notes);
    };
  }, []);

  const send = (anyway = false) => {
    if (working || stops.length) return;
    if (!text.trim()) return refuse(problemText({ code: `${mode}-empty` }));
    if (mode === "answer" && moved.news && !anyway) return moved.ask();
    let waits = false;
    let isOld = false;
    const act = async () => {
      if (mode === "note") return addNoteAction({ caseId, text, mentions: mentionedIn(text, people) });
      const answer = await answerCaseAction({ caseId, revision, text });
      if (answer.ok) waits = answer.waits;
      else isOld = answer.problems.some(({ code }) => code === "thread-moved");
      return answer;
    };
    const done = () => {
      draft.forget();
      moved.read();
      setSending(false);
      showToast(t(mode === "note" ? "noted" : waits ? "waits" : "sent"));
      field.current?.focus();
    };
    refuse(null);
    setSending(true);
    work(act, done, (why) => {
      setSending(false);
      refuse(why);
      if (isOld) {
        moved.ask();
        router.refresh();
      }
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (mode === "note" && mentions.press(event)) return;
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  const { count, limit } = lengthOf(platform, text);
  const listed = mode === "note" && mentions.found.length > 0;

  return (
    <ScriptForm className="reply needs-script" onSubmit={submit}>
      <Presence caseId={caseId} writing={drafts.answer.text !== ""} />
      {overtaken && (
        <Moved
          news={overtaken}
          zone={zone}
          onSend={() => send(true)}
          onChange={() => {
            moved.read();
            refuse(null);
            field.current?.focus();
          }}
        />
      )}
      <div className={`reply-box ${mode === "note" ? "reply-box-note" : ""}`}>
        {mode === "note" && <MentionList found={mentions.found} active={mentions.active} onChoose={mentions.choose} />}
        <label className="sr-only" htmlFor="reply-text">
          {t(mode === "answer" && isPrivate ? "privateLabel" : `${mode}Label`, { name })}
        </label>
        <textarea
          id="reply-text"
          ref={field}
          dir="auto"
          value={text}
          readOnly={sending}
          placeholder={t(`${mode}Hint`, { name })}
          aria-invalid={error ? true : undefined}
          aria-describedby={[error && "reply-error", "reply-status"].filter(Boolean).join(" ")}
          aria-keyshortcuts="Control+Enter"
          aria-autocomplete={mode === "note" ? "list" : undefined}
          aria-controls={listed ? "mention-list" : undefined}
          aria-activedescendant={listed ? `mention-${mentions.active}` : undefined}
          onChange={(event) => {
            write(event.target.value);
            refuse(null);
            if (mode === "note") mentions.look();
          }}
          onBlur={mentions.close}
          onKeyDown={sendByKey}
        />
        <div className="reply-tools">
          <Segments label={t("kind")}>
            {mayAnswer && (
              <Segment pressed={mode === "answer"} data-key="r" onClick={() => choose("answer")}>
                {t("answer")}
              </Segment>
            )}
            <Segment pressed={mode === "note"} data-key="n" onClick={() => choose("note")}>
              {t("note")}
            </Segment>
          </Segments>
          {mode === "answer" && <CannedDialog canned={canned} filling={filling} kind={kind} onChoose={insertHere} />}
          <Button kind="primary" small type="submit" keys="Ctrl ↵" className="ml-auto" aria-disabled={working || undefined}>
            {sending ? t("sending") : t(mode === "answer" ? "send" : "save")}
          </Button>
        </div>
      </div>
      {error && (
        <p className="error" id="reply-error" role="alert">
          {error}
        </p>
      )}
      <div className="reply-status" id="reply-status">
        <DraftLine draft={draft} zone={zone} shared={mode === "answer"} />
        {mode === "answer" && text && (
          <span className={count > limit ? "text-danger-text" : undefined}>{t("count", { count, limit })}</span>
        )}
      </div>
    </ScriptForm>
  );

  function insertHere(words: string) {
    drafts.answer.write(text.trim() ? `${text.trimEnd()}\n\n${words}` : words);
    field.current?.focus();
  }
}
