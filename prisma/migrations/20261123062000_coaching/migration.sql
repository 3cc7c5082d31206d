-- Pembinaan: spells of silence, their causes, what becomes of further accounts, cases with tasks and minutes, training, good practice.

-- From the day on which a unit's own account began to fall silent or stood at Pasif or lower, until it stood above again.
CREATE TABLE "dormancy_spell" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "channel_id" UUID NOT NULL,
  "began_on" DATE NOT NULL,
  "ended_on" DATE,
  -- The lowest level reached; null while the account was only warned.
  "deepest" TEXT,
  -- How far people were told of its silence.
  "stage" TEXT NOT NULL DEFAULT 'none',
  CONSTRAINT "dormancy_spell_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "dormancy_spell_deepest_check" CHECK ("deepest" IN ('passive', 'dormant', 'dead')),
  CONSTRAINT "dormancy_spell_stage_check" CHECK ("stage" IN ('none', 'week', 'days', 'fallen')),
  CONSTRAINT "dormancy_spell_days_check" CHECK ("ended_on" IS NULL OR "ended_on" >= "began_on"),
  CONSTRAINT "dormancy_spell_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "dormancy_spell_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "dormancy_spell_open_key" ON "dormancy_spell" ("unit_id") WHERE "ended_on" IS NULL;
CREATE INDEX "dormancy_spell_government_id_ended_on_idx" ON "dormancy_spell" ("government_id", "ended_on");

-- Why an account is silent: what the product infers (dugaan), what the unit says, what a mentor confirmed. Superseded, never deleted.
CREATE TABLE "dormancy_cause" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "cause" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "evidence" JSONB NOT NULL DEFAULT '{}',
  "words" TEXT,
  -- Null: the product itself.
  "said_by" UUID,
  "said_at" TIMESTAMPTZ(3) NOT NULL,
  "superseded_at" TIMESTAMPTZ(3),
  CONSTRAINT "dormancy_cause_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "dormancy_cause_cause_check" CHECK ("cause" IN ('no_operator', 'lost_password', 'transferred', 'no_decree', 'access_lost', 'idle', 'not_connected', 'other')),
  CONSTRAINT "dormancy_cause_source_check" CHECK ("source" IN ('inferred', 'told', 'confirmed')),
  CONSTRAINT "dormancy_cause_by_check" CHECK (("said_by" IS NULL) = ("source" = 'inferred')),
  CONSTRAINT "dormancy_cause_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "dormancy_cause_standing_key" ON "dormancy_cause" ("unit_id", "source", "cause") WHERE "superseded_at" IS NULL;
CREATE INDEX "dormancy_cause_unit_id_id_idx" ON "dormancy_cause" ("unit_id", "id");

-- The list "gabung/tutup": what is to become of a further account of a unit. Changes no score and no connection.
CREATE TABLE "account_verdict" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "channel_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "verdict" TEXT NOT NULL,
  "into_channel_id" UUID,
  "reason" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'proposed',
  "revision" INTEGER NOT NULL DEFAULT 1,
  "proposed_by" UUID NOT NULL,
  "proposed_at" TIMESTAMPTZ(3) NOT NULL,
  "agreed_by" UUID,
  "agreed_at" TIMESTAMPTZ(3),
  "done_by" UUID,
  "done_at" TIMESTAMPTZ(3),
  CONSTRAINT "account_verdict_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "account_verdict_verdict_check" CHECK ("verdict" IN ('merge', 'close', 'keep')),
  CONSTRAINT "account_verdict_state_check" CHECK ("state" IN ('proposed', 'agreed', 'done', 'withdrawn')),
  CONSTRAINT "account_verdict_into_check" CHECK (("into_channel_id" IS NOT NULL) = ("verdict" = 'merge') AND "into_channel_id" <> "channel_id"),
  CONSTRAINT "account_verdict_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "account_verdict_into_channel_id_fkey" FOREIGN KEY ("into_channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "account_verdict_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "account_verdict_standing_key" ON "account_verdict" ("channel_id") WHERE "state" <> 'withdrawn';
CREATE INDEX "account_verdict_government_id_id_idx" ON "account_verdict" ("government_id", "id");

CREATE TABLE "coaching_case" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  -- The spell that it answers: one case, and no second one.
  "spell_id" UUID,
  "state" TEXT NOT NULL DEFAULT 'proposed',
  -- Null: proposed by the product.
  "opened_by" UUID,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  -- The unit's level and score when it was opened; null for a unit without a score.
  "level" TEXT,
  "score_tenths" INTEGER,
  "plan" TEXT NOT NULL DEFAULT '',
  "mentor_id" UUID,
  "target_level" TEXT,
  "target_posts" INTEGER,
  "starts_on" DATE,
  "ends_on" DATE,
  "outcome" TEXT,
  "outcome_note" TEXT,
  "closed_level" TEXT,
  "closed_score_tenths" INTEGER,
  "closed_by" UUID,
  "closed_at" TIMESTAMPTZ(3),
  "revision" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "coaching_case_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "coaching_case_state_check" CHECK ("state" IN ('proposed', 'open', 'closed')),
  CONSTRAINT "coaching_case_outcome_check" CHECK ("outcome" IN ('moved_up', 'merged', 'closed', 'no_change', 'withdrawn')),
  CONSTRAINT "coaching_case_target_check" CHECK ("target_level" IN ('passive', 'less_active', 'active', 'very_active') AND "target_posts" BETWEEN 1 AND 50),
  CONSTRAINT "coaching_case_open_check" CHECK ("state" <> 'open' OR ("mentor_id" IS NOT NULL AND "starts_on" IS NOT NULL AND "ends_on" > "starts_on" AND "target_level" IS NOT NULL AND "target_posts" IS NOT NULL)),
  CONSTRAINT "coaching_case_closed_check" CHECK (("state" = 'closed') = ("outcome" IS NOT NULL AND "closed_at" IS NOT NULL)),
  CONSTRAINT "coaching_case_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "coaching_case_spell_id_fkey" FOREIGN KEY ("spell_id") REFERENCES "dormancy_spell" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "coaching_case_mentor_id_fkey" FOREIGN KEY ("mentor_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "coaching_case_spell_id_key" ON "coaching_case" ("spell_id");
CREATE UNIQUE INDEX "coaching_case_live_key" ON "coaching_case" ("unit_id") WHERE "state" <> 'closed';
CREATE INDEX "coaching_case_unit_id_id_idx" ON "coaching_case" ("unit_id", "id");
CREATE INDEX "coaching_case_government_id_state_idx" ON "coaching_case" ("government_id", "state");
CREATE INDEX "coaching_case_mentor_id_state_idx" ON "coaching_case" ("mentor_id", "state");

CREATE TABLE "coaching_task" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "text" TEXT NOT NULL,
  "due_on" DATE,
  "made_by" UUID NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "done_by" UUID,
  "done_at" TIMESTAMPTZ(3),
  "dropped_at" TIMESTAMPTZ(3),
  CONSTRAINT "coaching_task_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "coaching_task_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "coaching_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "coaching_task_case_id_id_idx" ON "coaching_task" ("case_id", "id");

-- A meeting with its minutes. Sealed it is a berita acara: numbered, and never changed again.
CREATE TABLE "coaching_meeting" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "held_at" TIMESTAMPTZ(3) NOT NULL,
  "mode" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "attendees" TEXT NOT NULL,
  "minutes" TEXT NOT NULL,
  "agreed" TEXT NOT NULL,
  "written_by" UUID NOT NULL,
  "written_at" TIMESTAMPTZ(3) NOT NULL,
  "number" TEXT,
  "digest" TEXT,
  "sealed_by" UUID,
  "sealed_at" TIMESTAMPTZ(3),
  "revision" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "coaching_meeting_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "coaching_meeting_mode_check" CHECK ("mode" IN ('visit', 'office', 'online', 'phone')),
  CONSTRAINT "coaching_meeting_sealed_check" CHECK (("sealed_at" IS NULL) = ("number" IS NULL) AND ("sealed_at" IS NULL) = ("digest" IS NULL) AND ("sealed_at" IS NULL) = ("sealed_by" IS NULL)),
  CONSTRAINT "coaching_meeting_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "coaching_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "coaching_meeting_case_id_held_at_idx" ON "coaching_meeting" ("case_id", "held_at");
CREATE UNIQUE INDEX "coaching_meeting_number_key" ON "coaching_meeting" ("government_id", "number");
CREATE INDEX "coaching_meeting_government_id_sealed_at_idx" ON "coaching_meeting" ("government_id", "sealed_at");

CREATE FUNCTION coaching_meeting_stays_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a sealed berita acara is not changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "coaching_meeting_sealed" BEFORE UPDATE OR DELETE ON "coaching_meeting"
  FOR EACH ROW WHEN (OLD."sealed_at" IS NOT NULL) EXECUTE FUNCTION coaching_meeting_stays_sealed();

-- Week 2 a reminder, week 4 a visit, week 8 a letter, counted from the day on which the case began.
CREATE TABLE "coaching_reminder" (
  "case_id" UUID NOT NULL,
  "week" INTEGER NOT NULL,
  "due_on" DATE NOT NULL,
  "told_at" TIMESTAMPTZ(3),
  "done_at" TIMESTAMPTZ(3),
  "done_by" UUID,
  "note" TEXT,
  CONSTRAINT "coaching_reminder_pkey" PRIMARY KEY ("case_id", "week"),
  CONSTRAINT "coaching_reminder_week_check" CHECK ("week" IN (2, 4, 8)),
  CONSTRAINT "coaching_reminder_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "coaching_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "coaching_reminder_due_on_idx" ON "coaching_reminder" ("due_on") WHERE "told_at" IS NULL;

CREATE TABLE "training_session" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  -- The government that holds it.
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "held_at" TIMESTAMPTZ(3) NOT NULL,
  "place" TEXT NOT NULL,
  "speaker" TEXT NOT NULL,
  "summary" TEXT NOT NULL,
  -- [{ "name": …, "url": … }] or [{ "name": …, "mediaId": … }]
  "materials" JSONB NOT NULL DEFAULT '[]',
  "made_by" UUID NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "revision" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "training_session_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "training_session_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "training_session_government_id_held_at_idx" ON "training_session" ("government_id", "held_at", "id");

CREATE TABLE "training_attendance" (
  "session_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  -- Who came, by name; empty: the unit was asked and nobody came.
  "names" TEXT NOT NULL,
  "noted_by" UUID NOT NULL,
  "noted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "training_attendance_pkey" PRIMARY KEY ("session_id", "unit_id"),
  CONSTRAINT "training_attendance_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "training_session" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "training_attendance_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "training_attendance_unit_id_idx" ON "training_attendance" ("unit_id");

-- "Praktik baik": a post that worked, as a card that others use again.
CREATE TABLE "exemplar" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  -- Whose post it was.
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "why" TEXT NOT NULL,
  -- The text that others begin from.
  "text" TEXT NOT NULL,
  "made_by" UUID NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "retired_at" TIMESTAMPTZ(3),
  CONSTRAINT "exemplar_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "exemplar_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "exemplar_government_id_id_idx" ON "exemplar" ("government_id", "id");

CREATE TABLE "exemplar_use" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "exemplar_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "used_by" UUID NOT NULL,
  "used_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "exemplar_use_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "exemplar_use_exemplar_id_fkey" FOREIGN KEY ("exemplar_id") REFERENCES "exemplar" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "exemplar_use_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "exemplar_use_exemplar_id_idx" ON "exemplar_use" ("exemplar_id");
