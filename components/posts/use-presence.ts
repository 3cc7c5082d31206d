"use client";

import { useEffect, useState } from "react";
import { attendDraftAction } from "#lib/posts/actions.ts";

const BEAT_MS = 20_000;

/** The names of the others who have the draft open now; nobody while that is not known. */
export function usePresence(postId: string | null): string[] {
  const [others, setOthers] = useState<string[]>([]);
  useEffect(() => {
    if (!postId) return;
    let gone = false;
    const beat = async () => {
      if (!navigator.onLine || document.visibilityState === "hidden") return;
      const answer = await attendDraftAction({ postId }).catch(() => null);
      if (!gone) setOthers(answer?.ok ? answer.others : []);
    };
    void beat();
    const timer = setInterval(beat, BEAT_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [postId]);
  return others;
}
