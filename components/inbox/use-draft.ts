"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { keepReplyDraftAction } from "#lib/inbox/actions.ts";
import { chooseDraft, type LocalDraft, readLocal, type ServerDraft } from "#lib/inbox/replies/draft-rules.ts";

const PAUSE_MS = 1200;

export type Draft = {
  text: string;
  write: (text: string) => void;
  /** Forgets it everywhere: it was sent. */
  forget: () => void;
  /** When the server had these words; null while it has not. */
  keptAt: Date | null;
  /** What was written elsewhere and may be taken instead. */
  other: string | null;
  dropOther: () => void;
};

/**
 * A text that survives reload, crash, logging out and a lost connection: every change is kept in this browser under `key` at
 * once. With `caseId` it is kept on the server too, a moment after the last change, and shown on the person's other devices.
 * `field` is where somebody may have typed before the page came alive.
 */
export function useDraft(
  key: string,
  { caseId, server, field }: { caseId?: string; server?: ServerDraft | null; field?: RefObject<HTMLTextAreaElement | null> } = {},
): Draft {
  const [text, setText] = useState("");
  const [keptAt, setKeptAt] = useState<Date | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const unkept = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const first = useRef(server ?? null);

  const send = useCallback(async () => {
    const words = unkept.current;
    if (!caseId || words === null) return;
    const answer = await keepReplyDraftAction({ caseId, text: words }).catch(() => null);
    if (!answer?.ok || unkept.current !== words) return;
    unkept.current = null;
    const at = new Date(answer.keptAt);
    setKeptAt(at);
    keep(key, { text: words, at: at.getTime(), kept: true });
  }, [caseId, key]);

  useEffect(() => {
    const typed = field?.current?.value;
    const chosen = chooseDraft(read(key), first.current);
    setText((now) => now || typed || chosen.text);
    setOther(chosen.other);
    if (chosen.text && first.current?.text === chosen.text) setKeptAt(new Date(first.current.at));
    else if (chosen.text && caseId) {
      unkept.current = chosen.text;
      void send();
    }
    addEventListener("online", send);
    return () => {
      removeEventListener("online", send);
      clearTimeout(timer.current);
      void send();
    };
  }, [key, caseId, field, send]);

  const write = (next: string) => {
    setText(next);
    setKeptAt(null);
    keep(key, { text: next, at: Date.now(), kept: false });
    if (!caseId) return;
    unkept.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(send, PAUSE_MS);
  };
  const forget = () => {
    clearTimeout(timer.current);
    // The server forgets it with the sending; a note, or words that were kept while it was sent, go now.
    unkept.current = null;
    setText("");
    setKeptAt(null);
    setOther(null);
    keep(key, null);
  };
  return { text, write, forget, keptAt, other, dropOther: () => setOther(null) };
}

// A browser may forbid storage; the text then lives as long as the page.
function read(key: string): LocalDraft | null {
  try {
    return readLocal(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key: string, draft: LocalDraft | null) {
  try {
    if (draft?.text) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {}
}
