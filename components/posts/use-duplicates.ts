"use client";

import { useEffect, useState } from "react";
import { findDuplicatesAction } from "#lib/posts/actions.ts";
import type { Duplicate } from "#lib/posts/duplicates.ts";

const PAUSE_MS = 2_500;

/** Posts of the last 30 days with nearly the same words, asked for when the writer pauses. */
export function useDuplicates(ask: { postId: string | null; unitId: string; text: string }): Duplicate[] {
  const { postId, unitId, text } = ask;
  const [duplicates, setDuplicates] = useState<Duplicate[]>([]);
  useEffect(() => {
    let late = false;
    const timer = setTimeout(async () => {
      if (!navigator.onLine || text.trim().length < 40 || text.length > 100_000) return setDuplicates([]);
      const answer = await findDuplicatesAction({ postId, unitId, text }).catch(() => null);
      if (!late) setDuplicates(answer?.ok ? answer.duplicates : []);
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [postId, unitId, text]);
  return duplicates;
}
