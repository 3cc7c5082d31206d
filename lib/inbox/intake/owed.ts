/** Who owes whom an answer in a thread, and what that makes of its case, told from everything that was said. Pure. */

export type Said = {
  id: string;
  remoteId: string;
  direction: "in" | "out";
  sentAt: Date;
  /** Somebody should answer it, or look at it. */
  needsReply: boolean;
  /** When an answer to it would be due, told from itself alone; null where none is: it needs no reply, or its kind has no target. */
  dueAt: Date | null;
};

/** A duty to answer, begun by the message `messageId`; answered when the account spoke next, or not yet. */
export type Owed = { messageId: string; openedAt: Date; answeredAt: Date | null };

/**
 * The duties of a thread, whatever the order in which its messages arrived: one begins with a message that is owed an answer
 * while none is open, and with one that is owed it sooner than what is open (a complaint that becomes an emergency). The
 * account's next word answers them all. Of the same instant the citizen spoke first.
 */
export function owedIn(said: readonly Said[]): Owed[] {
  const duties: Owed[] = [];
  let open: Owed[] = [];
  let soonest: Date | null = null;
  for (const { id, direction, sentAt, dueAt } of [...said].sort(inOrder)) {
    if (direction === "out") {
      for (const duty of open) duty.answeredAt = sentAt;
      open = [];
      soonest = null;
    } else if (dueAt && (!soonest || dueAt < soonest)) {
      open.push({ messageId: id, openedAt: sentAt, answeredAt: null });
      duties.push(open.at(-1)!);
      soonest = dueAt;
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
