"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { countUnreadAction } from "#lib/notices/actions.ts";
import { useLive } from "../live/use-live.ts";

const Unread = createContext(0);

/** Above 99 it matters no more how many. */
const MANY = 99;

/** Keeps the number of unread notices up to date for the shell, without renewing the page that somebody works on. */
export function UnreadProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [count, setCount] = useState(initial);
  useEffect(() => setCount(initial), [initial]);
  useLive(["notice"], () => {
    countUnreadAction({}).then(
      (answer) => answer.ok && setCount(answer.count),
      () => {}, // the next news asks again
    );
  });
  return <Unread value={count}>{children}</Unread>;
}

/** How many are unread, beside a word or an icon that says of what; nothing where there is none. */
export function UnreadCount({ word }: { word: string }) {
  const count = useContext(Unread);
  if (!count) return null;
  return (
    <span className="count">
      {count > MANY ? `${MANY}+` : count}
      <span className="sr-only"> {word}</span>
    </span>
  );
}
