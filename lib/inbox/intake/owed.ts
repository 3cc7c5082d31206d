/** Who owes whom an answer in a thread, and what that makes of its case, told from everything that was said. Pure. */

export type Said = {
  id: string;
  remoteId: string;
  direction: "in" | "out";
  sentAt: Date;
  /** Somebody should answer it, or look at it. */
  needsReply: boolean;
  /** An answer is due by a deadline: what needs a reply, unless its kind has no target. */
  owed: boolean;
};

/** A duty to answer, begun by the message `messageId`; answered when the account spoke next, or not yet. */
export type Owed = { messageId: string; openedAt: Date; answeredAt: Date | null };

/**
 * The duties of a thread, whatever the order in which its messages arrived: one begins with a message that is owed an answer
 * while none is open, and the account's next word answers it. Of the same instant the citizen spoke first.
 */
export function owedIn(said: readonly Said[]): Owed[] {
  const duties: Owed[] = [];
  let open: Owed | null = null;
  for (const message of [...said].sort(inOrder)) {
    if (message.direction === "out") {
      if (open) open.answeredAt = message.sentAt;
      open = null;
    } else if (message.owed && !open) {
      open = { messageId: message.id, openedAt: message.sentAt, answeredAt: null };
      duties.push(open);
    }
  }
  return duties;
}

const inOrder = (a: Said, b: Said) =>
  a.sentAt.getTime() - b.sentAt.getTime() || (a.direction === b.direction ? (a.id < b.id ? -1 : 1) : a.direction === "in" ? -1 : 1);

export type CaseState = "open" | "snoozed" | "answered" | "done";
export type Standing = { state: CaseState; answeredAt: Date | null; doneAt: Date | null };

/**
 * How a case stands after `added` came to what was said before: open when somebody waits who did not wait before, answered when
 * the account had the last word on everything that was asked. Thanks and nods leave it as it was.
 */
export function standingAfter(before: Standing, said: readonly Said[], added: readonly Said[]): Standing {
  const lastAnswer = said.reduce<Date | null>(
    (last, { direction, sentAt }) => (direction === "out" && (!last || sentAt > last) ? sentAt : last),
    null,
  );
  const waits = (message: Said) => message.direction === "in" && message.needsReply && (!lastAnswer || message.sentAt > lastAnswer);
  if (added.some(waits)) return { ...before, state: "open", doneAt: null };
  const answers = added.some((message) => message.direction === "out");
  if (!answers || !lastAnswer) return before;
  return said.some(waits) ? { ...before, state: "open" } : { ...before, state: "answered", answeredAt: lastAnswer };
}
