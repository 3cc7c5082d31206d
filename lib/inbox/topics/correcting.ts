import type { Actor } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { findCase } from "../replies/answering.ts";
import { change } from "../work/working.ts";
import type { TopicInput } from "./schema.ts";

/** Says what a case is about, or that nobody can tell, where its words were taken for something else or for nothing. */
export const correctTopic = (actor: Actor, { caseId, revision, topic }: TopicInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    if (found.revision !== revision) throw new Refusal("stale");
    await change(tx, actor, found, "case.topic-corrected", { topic }, { topic });
    return { ok: true };
  });
