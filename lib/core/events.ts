import type { Tx } from "./db.ts";
import { enqueue } from "./jobs.ts";

/** What a publication carries: a post, our own first comment under a post (the post is its subject), or an answer to a citizen. */
export type PublicationSubject = "post" | "first-comment" | "reply";

/** News for higher domains: written in the transaction that makes it true, handled in the worker, possibly twice. */
export type DomainEvent = { type: "publication.settled"; publicationId: string; subjectType: PublicationSubject; state: string };

export const emit = (tx: Tx, event: DomainEvent) => enqueue(tx, "event", event);
