"use client";

import { useState } from "react";

export type LastSaid = { id: string; name: string; text: string; at: Date; ours: boolean } | null;

/**
 * What came into a thread since an answer was begun. `begun`: there are words that were written before. `read` takes what there
 * is as known, `ask` shows it before anything is sent.
 */
export function useMoved(last: LastSaid, begun: boolean) {
  const [known, know] = useState(last?.id ?? null);
  const [asked, setAsked] = useState(false);
  // Nothing is written yet: whoever begins now has read what stands there.
  if (!begun && known !== (last?.id ?? null)) know(last?.id ?? null);
  return {
    news: begun && last && last.id !== known ? last : null,
    asked,
    ask: () => setAsked(true),
    read: () => {
      know(last?.id ?? null);
      setAsked(false);
    },
  };
}
