"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { saveDraftAction } from "#lib/posts/actions.ts";
import type { MergeableDraft } from "#lib/posts/draft-merging.ts";
import type { CurrentDraft } from "#lib/posts/drafting.ts";
import { type Draft, isBlank, kept, toInput } from "./draft.ts";
import { forget, keyOf, recall, remember } from "./kept-draft.ts";
import { bringTogether, type Choice, type Conflict, sameDraft, settled, theirsOf } from "./merge-draft.ts";
import { freshId } from "./new-id.ts";

const PAUSE_MS = 1000;
/** After so long a save that did not reach the server is tried again, whether or not the browser noticed a change. */
const AGAIN_MS = 15_000;
/** So many saves without an answer are remembered. */
const MOST_SENT = 3;
type Failed = Exclude<Answer, { ok: true }>;
export type Saving =
  | { state: "idle" | "waiting" | "saving" | "offline" | "expired" | "conflict" }
  | { state: "saved"; at: Date }
  | { state: "failed"; answer: Failed };
/** A change of somebody else that was brought in; `name` null: the reader's own, from another place. */
export type Merged = { name: string | null };

/**
 * Keeps a draft: in the browser at every key, on the server a second after the last. Each save waits for the one before;
 * what could not be saved stays in the browser and comes back when the page is opened again. A form that is behind takes
 * in what others changed; what both changed waits, kept in the browser, until the reader has chosen. A new draft begins with
 * `words`, unless words of one's own were kept.
 */
export function useDraft(initial: Draft, ids: { postId: string | null; revision: number; unitId: string }, words?: string) {
  const [draft, setDraft] = useState(initial);
  const [saving, setSaving] = useState<Saving>({ state: "idle" });
  const [restored, setRestored] = useState(false);
  const [merged, setMerged] = useState<Merged | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const known = useRef<{ postId: string | null; newId?: string; revision: number; unitId: string }>(ids);
  const latest = useRef(draft);
  const base = useRef<MergeableDraft>(kept(initial));
  /** What went to the server last, as far as its answers were lost: each may have come through. */
  const sent = useRef<MergeableDraft[]>([]);
  const dirty = useRef(false);
  const choosing = useRef(false);
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const firstKey = useRef(keyOf(ids));

  const keep = useCallback(() => {
    const { revision, newId } = known.current;
    remember(keyOf(known.current), { draft: latest.current, base: base.current, revision, newId, sent: sent.current });
  }, []);

  const adopt = useCallback((postId: string) => {
    if (!known.current.postId) window.history.replaceState(null, "", `/posts/${postId}`);
    known.current = { ...known.current, postId };
  }, []);

  /** Takes the server's draft in. True when nothing is left to choose. */
  const catchUp = useCallback(
    (current: CurrentDraft) => {
      const theirs = theirsOf(current, base.current);
      adopt(current.postId);
      const own = sent.current.some((each) => sameDraft(theirs.known, each));
      const found = bringTogether(own ? theirs.known : base.current, latest.current, theirs);
      if (found.conflicts.length) {
        choosing.current = true;
        setConflict(found);
        keep();
        return false;
      }
      if (!own) setMerged({ name: theirs.name });
      latest.current = settled(found, {});
      base.current = theirs.known;
      known.current = { ...known.current, revision: theirs.revision };
      setDraft(latest.current);
      keep();
      return true;
    },
    [keep, adopt],
  );

  const saveOnce = useCallback(async (): Promise<boolean> => {
    if (choosing.current) return false;
    if (!dirty.current || (isBlank(latest.current) && !known.current.postId)) return true;
    // The browser would only note the failure in its console.
    if (!navigator.onLine) {
      setSaving({ state: "offline" });
      return false;
    }
    setSaving({ state: "saving" });
    if (!known.current.postId) known.current.newId ??= freshId();
    const input = toInput(latest.current, known.current);
    const going = kept(latest.current);
    const unanswered = sent.current;
    sent.current = [...unanswered, going].slice(-MOST_SENT);
    keep();
    dirty.current = false;
    const answer = await saveDraftAction(input).catch(() => null);
    if (answer?.ok && !answer.behind) {
      adopt(answer.postId);
      known.current = { ...known.current, revision: answer.revision };
      base.current = going;
      sent.current = [];
      if (dirty.current) keep();
      else forget(firstKey.current, keyOf(known.current));
      setSaving({ state: "saved", at: new Date(answer.savedAt) });
      return true;
    }
    dirty.current = true;
    if (answer) sent.current = unanswered;
    if (answer?.ok && answer.behind) {
      if (catchUp(answer.behind)) return saveOnce();
      setSaving({ state: "conflict" });
      return false;
    }
    const expired = answer && "refused" in answer && answer.refused === "unauthenticated";
    setSaving(!answer ? { state: "offline" } : expired ? { state: "expired" } : { state: "failed", answer });
    if (!answer || expired) timer.current = setTimeout(() => void saveNow.current(), AGAIN_MS);
    return false;
  }, [catchUp, keep, adopt]);

  const save = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    queue.current = queue.current.then(saveOnce);
    return queue.current;
  }, [saveOnce]);
  const saveNow = useRef(save);
  saveNow.current = save;

  const change = useCallback(
    (part: Partial<Draft>) => {
      latest.current = { ...latest.current, ...part };
      dirty.current = true;
      setDraft(latest.current);
      keep();
      if (choosing.current) return;
      setSaving((was) => (!navigator.onLine ? { state: "offline" } : was.state === "expired" ? was : { state: "waiting" }));
      clearTimeout(timer.current);
      timer.current = setTimeout(save, PAUSE_MS);
    },
    [save, keep],
  );

  const choose = useCallback(
    (choices: Readonly<Record<string, Choice>>) => {
      if (!conflict) return;
      const { theirs } = conflict;
      base.current = theirs.known;
      known.current = { ...known.current, revision: theirs.revision };
      choosing.current = false;
      setConflict(null);
      change(settled(conflict, choices));
    },
    [conflict, change],
  );

  useEffect(() => {
    const found = recall(firstKey.current);
    // What an older version of the form kept lacks the newer fields.
    const whole = found && { ...latest.current, ...found.draft };
    if (whole && JSON.stringify(whole) !== JSON.stringify(latest.current)) {
      // It began from an older draft than the page shows: saving it brings the two together.
      if (found.base && found.revision !== null && found.revision < known.current.revision) {
        base.current = found.base;
        known.current = { ...known.current, revision: found.revision };
      }
      if (!known.current.postId) known.current = { ...known.current, newId: found.newId };
      sent.current = found.sent ?? [];
      setRestored(true);
      change(whole);
    } else if (words && isBlank(latest.current)) change({ text: words });
    const again = () => dirty.current && void save();
    const lost = () => dirty.current && setSaving({ state: "offline" });
    const back = () => document.visibilityState === "visible" && again();
    window.addEventListener("online", again);
    window.addEventListener("offline", lost);
    document.addEventListener("visibilitychange", back);
    return () => {
      window.removeEventListener("online", again);
      window.removeEventListener("offline", lost);
      document.removeEventListener("visibilitychange", back);
      clearTimeout(timer.current);
      if (dirty.current) void save();
    };
  }, [change, save, words]);

  return { draft, change, save, saving, restored, merged, conflict, choose, ids: () => known.current };
}
