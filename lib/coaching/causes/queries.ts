import { Prisma } from "../../core/db.ts";
import type { Cause, CauseSource, Evidence } from "./cause-rules.ts";

export type SaidCause = {
  cause: Cause;
  source: CauseSource;
  evidence: Evidence;
  words: string | null;
  /** Null: the product itself. */
  by: string | null;
  at: string;
};

/** All that stands said of why unit `u` is silent, as JSON, the newest first; `standingCauses` chooses what is shown. */
export const saidCauses = Prisma.sql`
  SELECT coalesce(jsonb_agg(jsonb_build_object('cause', c.cause, 'source', c.source, 'evidence', c.evidence, 'words', c.words, 'by', p.name, 'at', c.said_at) ORDER BY c.id DESC), '[]'::jsonb) AS causes
  FROM dormancy_cause c LEFT JOIN person p ON p.id = c.said_by WHERE c.unit_id = u.id AND c.superseded_at IS NULL`;
