import type { Tx } from "./db.ts";
import { enqueue } from "./jobs.ts";

/** News for higher domains: written in the transaction that makes it true, handled in the worker, possibly twice. */
export type DomainEvent = { type: "publication.settled"; publicationId: string; subjectType: "post" | "reply"; state: string };

export const emit = (tx: Tx, event: DomainEvent) => enqueue(tx, "event", event);
