"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { saveDraftAction } from "#lib/posts/actions.ts";
import { type Draft, isBlank, toInput } from "./draft.ts";

const PAUSE_MS = 1000;
type Failed = Exclude<Answer, { ok: true }>;
export type Saving =
  | { state: "idle" }
  | { state: "waiting" }
  | { state: "saving" }
  | { state: "saved"; at: Date }
  | { state: "failed"; answer: Failed }
  | { state: "offline" };

/**
 * Keeps a draft: in the browser at every key, on the server a second after the last. Each save waits for the one before;
 * what could not be saved stays in the browser and comes back when the page is opened again.
 */
export function useDraft(initial: Draft, ids: { postId: string | null; revision: number; unitId: string }) {
  const [draft, setDraft] = useState(initial);
  const [saving, setSaving] = useState<Saving>({ state: "idle" });
  const [restored, setRestored] = useState(false);
  const known = useRef(ids);
  const latest = useRef(draft);
  const dirty = useRef(false);
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const firstKey = useRef(keyOf(ids));

  const save = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    queue.current = queue.current.then(async () => {
      if (!dirty.current || (isBlank(latest.current) && !known.current.postId)) return true;
      dirty.current = false;
      setSaving({ state: "saving" });
      const answer = await saveDraftAction(toInput(latest.current, known.current)).catch(() => null);
      if (answer?.ok) {
        if (!known.current.postId) window.history.replaceState(null, "", `/posts/${answer.postId}`);
        known.current = { ...known.current, postId: answer.postId, revision: answer.revision };
        if (!dirty.current) forget(firstKey.current, keyOf(known.current));
        setSaving({ state: "saved", at: new Date(answer.savedAt) });
        return true;
      }
      dirty.current = true;
      setSaving(answer ? { state: "failed", answer } : { state: "offline" });
      return false;
    });
    return queue.current;
  }, []);

  const change = useCallback(
    (part: Partial<Draft>) => {
      latest.current = { ...latest.current, ...part };
      dirty.current = true;
      setDraft(latest.current);
      remember(keyOf(known.current), latest.current);
      setSaving({ state: "waiting" });
      clearTimeout(timer.current);
      timer.current = setTimeout(save, PAUSE_MS);
    },
    [save],
  );

  useEffect(() => {
    const kept = recall(firstKey.current);
    // What an older version of the form kept lacks the newer fields.
    const whole = kept && { ...latest.current, ...kept };
    if (whole && JSON.stringify(whole) !== JSON.stringify(latest.current)) {
      setRestored(true);
      change(whole);
    }
    const again = () => dirty.current && void save();
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      if (dirty.current) void save();
    };
  }, [change, save]);

  return { draft, change, save, saving, restored, ids: () => known.current };
}

const keyOf = ({ postId, unitId }: { postId: string | null; unitId: string }) => `garda-draft:${postId ?? `new:${unitId}`}`;

const remember = (key: string, draft: Draft) => {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {}
};
const recall = (key: string): Partial<Draft> | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};
const forget = (...keys: string[]) => {
  for (const key of keys) localStorage.removeItem(key);
};
