-- Steps of verification, remarks, the emergency path, pauses of the schedule, pieces of content, who has a draft open.
ALTER TABLE "post"
  ADD COLUMN "flow" JSONB,
  ADD COLUMN "step" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "step_since" TIMESTAMPTZ(3),
  ADD COLUMN "emergency_reason" TEXT,
  ADD COLUMN "emergency_by" UUID,
  ADD COLUMN "emergency_seen_at" TIMESTAMPTZ(3),
  ADD COLUMN "overrides" JSONB NOT NULL DEFAULT '[]';
CREATE INDEX "post_emergency_unseen_idx" ON "post" ("government_id") WHERE "emergency_by" IS NOT NULL AND "emergency_seen_at" IS NULL;

CREATE TABLE "approval_vote" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "subject_type" TEXT NOT NULL,
  "subject_id" UUID NOT NULL,
  "round" INTEGER NOT NULL,
  "step" INTEGER NOT NULL,
  "person_id" UUID NOT NULL,
  "decision" TEXT NOT NULL,
  "covers" INTEGER[] NOT NULL DEFAULT '{}',
  "as_deputy" BOOLEAN NOT NULL DEFAULT false,
  "note" TEXT,
  "checklist" JSONB NOT NULL,
  "content_digest" TEXT NOT NULL,
  "decided_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "approval_vote_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "approval_vote_decision_check" CHECK ("decision" IN ('approve', 'return', 'reject'))
);
CREATE UNIQUE INDEX "approval_vote_subject_type_subject_id_round_step_person_id_key"
  ON "approval_vote" ("subject_type", "subject_id", "round", "step", "person_id");

CREATE TABLE "post_remark" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "post_id" UUID NOT NULL,
  "round" INTEGER NOT NULL,
  "person_id" UUID NOT NULL,
  "channel_id" UUID,
  "range_from" INTEGER NOT NULL,
  "range_to" INTEGER NOT NULL,
  "quote" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "resolved_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "post_remark_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "post_remark_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "post_remark_post_id_id_idx" ON "post_remark" ("post_id", "id");

CREATE TABLE "schedule_pause" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "begun_by" UUID NOT NULL,
  "begun_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_by" UUID,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "schedule_pause_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "schedule_pause_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "schedule_pause_unit_id_ended_at_idx" ON "schedule_pause" ("unit_id", "ended_at");
CREATE UNIQUE INDEX "schedule_pause_open_key" ON "schedule_pause" ("unit_id") WHERE "ended_at" IS NULL;

CREATE TABLE "content_piece" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "pillar" TEXT,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "archived_at" TIMESTAMPTZ(3),
  CONSTRAINT "content_piece_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "content_piece_kind_check" CHECK ("kind" IN ('text', 'hashtags')),
  CONSTRAINT "content_piece_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "content_piece_unit_id_kind_name_idx" ON "content_piece" ("unit_id", "kind", "name");

CREATE TABLE "draft_presence" (
  "post_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "draft_presence_pkey" PRIMARY KEY ("post_id", "person_id")
);
