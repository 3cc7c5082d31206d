-- What people may say of a score: days that do not count, a post put under another heading, an objection and its decision.

ALTER TABLE "unit"
  ADD COLUMN "merged_into" UUID,
  ADD COLUMN "merged_on" DATE,
  ADD CONSTRAINT "unit_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "unit_merged_check" CHECK (("merged_into" IS NULL) = ("merged_on" IS NULL) AND "merged_into" <> "id");

-- Keberatan: what a unit holds against a score, and what was decided. The disputed snapshot and the new one are both kept.
CREATE TABLE "score_objection" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "channel_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "snapshot_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "component" TEXT NOT NULL,
  "statement" TEXT NOT NULL,
  "evidence" TEXT,
  "post_ids" UUID[] NOT NULL DEFAULT '{}',
  "state" TEXT NOT NULL DEFAULT 'open',
  "revision" INTEGER NOT NULL DEFAULT 1,
  "filed_by" UUID NOT NULL,
  "filed_at" TIMESTAMPTZ(3) NOT NULL,
  "decided_by" UUID,
  "decided_at" TIMESTAMPTZ(3),
  "decision_note" TEXT,
  "outcome_snapshot_id" UUID,
  CONSTRAINT "score_objection_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "score_objection_state_check" CHECK ("state" IN ('open', 'accepted', 'partly', 'rejected', 'withdrawn')),
  CONSTRAINT "score_objection_component_check" CHECK ("component" IN ('a', 'b', 'r', 'd', 'e', 'cap')),
  CONSTRAINT "score_objection_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "score_objection_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "score_objection_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "score_snapshot" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "score_objection_government_id_state_id_idx" ON "score_objection" ("government_id", "state", "id");
CREATE INDEX "score_objection_unit_id_id_idx" ON "score_objection" ("unit_id", "id");
CREATE UNIQUE INDEX "score_objection_open_key" ON "score_objection" ("channel_id", "day", "component") WHERE "state" = 'open';

-- Days on which an account could not work: left out of its regularity and recency. Both ends count. Never deleted, only revoked.
CREATE TABLE "excused_span" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  -- Null: every account of the unit.
  "channel_id" UUID,
  "from_day" DATE NOT NULL,
  "to_day" DATE NOT NULL,
  "cause" TEXT NOT NULL,
  "evidence" TEXT NOT NULL,
  -- The pause of all schedules that it follows from, or the objection that was accepted.
  "pause_id" UUID,
  "objection_id" UUID,
  -- Null: the product itself, from what it saw.
  "granted_by" UUID,
  "granted_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_by" UUID,
  "revoked_at" TIMESTAMPTZ(3),
  "revoke_reason" TEXT,
  CONSTRAINT "excused_span_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "excused_span_cause_check" CHECK ("cause" IN ('outage', 'token', 'pause', 'disaster', 'mourning', 'other')),
  CONSTRAINT "excused_span_days_check" CHECK ("from_day" <= "to_day"),
  CONSTRAINT "excused_span_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "excused_span_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "excused_span_pause_id_fkey" FOREIGN KEY ("pause_id") REFERENCES "schedule_pause" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "excused_span_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "score_objection" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "excused_span_unit_id_to_day_idx" ON "excused_span" ("unit_id", "to_day");
CREATE INDEX "excused_span_government_id_id_idx" ON "excused_span" ("government_id", "id");
CREATE UNIQUE INDEX "excused_span_pause_key" ON "excused_span" ("pause_id", "unit_id") WHERE "pause_id" IS NOT NULL;

-- A person's word on what a post is, against the rule's: who, from what to what, and why.
CREATE TABLE "post_correction" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "remote_post_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "from_category" TEXT NOT NULL,
  "to_category" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "objection_id" UUID,
  "corrected_by" UUID NOT NULL,
  "corrected_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "post_correction_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "post_correction_remote_post_id_fkey" FOREIGN KEY ("remote_post_id") REFERENCES "remote_post" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "post_correction_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "post_correction_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "score_objection" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "post_correction_remote_post_id_id_idx" ON "post_correction" ("remote_post_id", "id");
CREATE INDEX "post_correction_unit_id_id_idx" ON "post_correction" ("unit_id", "id");
