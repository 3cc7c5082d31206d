-- The shared inbox at work: what platforms told us and is still to be read, edits and removals, snoozes, referrals, forms, deadlines.

-- A signed body of a webhook, parsed, sealed, and read by the worker. What was read keeps only its digest, for a while.
CREATE TABLE "webhook_delivery" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "platform" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "events" TEXT,
  "count" INTEGER NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "run_at" TIMESTAMPTZ(3) NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "webhook_delivery_state_check" CHECK ("state" IN ('waiting', 'taken', 'failed'))
);
CREATE UNIQUE INDEX "webhook_delivery_platform_digest_key" ON "webhook_delivery" ("platform", "digest");
CREATE INDEX "webhook_delivery_received_at_idx" ON "webhook_delivery" ("received_at");
CREATE INDEX "webhook_delivery_waiting_idx" ON "webhook_delivery" ("run_at") WHERE "state" = 'waiting';

-- Removals that a platform told before the comment itself came.
CREATE TABLE "removed_key" (
  "channel_id" UUID NOT NULL,
  "remote_id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "removed_key_pkey" PRIMARY KEY ("channel_id", "remote_id")
);
CREATE INDEX "removed_key_at_idx" ON "removed_key" ("at");

ALTER TABLE "channel"
  ADD COLUMN "heard_at" TIMESTAMPTZ(3),
  ADD COLUMN "missed_at" TIMESTAMPTZ(3),
  ADD COLUMN "deaf_since" TIMESTAMPTZ(3);

ALTER TABLE "message"
  ADD COLUMN "via" TEXT,
  ADD COLUMN "kind" TEXT,
  ADD COLUMN "needs_reply" BOOLEAN,
  ADD COLUMN "urgent" BOOLEAN,
  ADD COLUMN "search" TSVECTOR;
CREATE INDEX "message_search_idx" ON "message" USING GIN ("search");

-- What became of a message afterwards; the message itself stays as it was told first.
CREATE TABLE "message_change" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "message_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "text" TEXT,
  "masked" TEXT[] NOT NULL DEFAULT '{}',
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "message_change_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "message_change_kind_check" CHECK ("kind" IN ('edited', 'removed')),
  CONSTRAINT "message_change_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "message_change_case_id_id_idx" ON "message_change" ("case_id", "id");
CREATE UNIQUE INDEX "message_change_removed_key" ON "message_change" ("message_id") WHERE "kind" = 'removed';

-- Like, hide and show again, as they were ordered and as far as the platform has done them.
CREATE TABLE "moderation" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "message_id" UUID NOT NULL,
  "channel_id" UUID NOT NULL,
  "action" TEXT NOT NULL,
  "reason" TEXT,
  "note" TEXT,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "problem" TEXT,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "run_at" TIMESTAMPTZ(3) NOT NULL,
  "person_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "done_at" TIMESTAMPTZ(3),
  CONSTRAINT "moderation_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "moderation_action_check" CHECK ("action" IN ('like', 'hide', 'unhide')),
  CONSTRAINT "moderation_state_check" CHECK ("state" IN ('waiting', 'done', 'failed')),
  CONSTRAINT "moderation_reason_check" CHECK ("action" <> 'hide' OR "reason" IS NOT NULL),
  CONSTRAINT "moderation_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "moderation_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "moderation_case_id_id_idx" ON "moderation" ("case_id", "id");
CREATE INDEX "moderation_waiting_idx" ON "moderation" ("run_at") WHERE "state" = 'waiting';

ALTER TABLE "inbox_case"
  ADD COLUMN "unsure" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "topic" TEXT,
  ADD COLUMN "place" TEXT,
  ADD COLUMN "snoozed_until" TIMESTAMPTZ(3),
  ADD COLUMN "waiting_for" TEXT,
  ADD COLUMN "resolution_due_at" TIMESTAMPTZ(3),
  ADD COLUMN "due_clock" TEXT NOT NULL DEFAULT 'working',
  ADD CONSTRAINT "inbox_case_due_clock_check" CHECK ("due_clock" IN ('working', 'wall')),
  ADD CONSTRAINT "inbox_case_waiting_for_check" CHECK ("waiting_for" IN ('citizen', 'agency'));
ALTER TABLE "inbox_case" DROP CONSTRAINT "inbox_case_state_check";
ALTER TABLE "inbox_case" ADD CONSTRAINT "inbox_case_state_check" CHECK ("state" IN ('open', 'snoozed', 'answered', 'done'));
CREATE INDEX "inbox_case_snoozed_idx" ON "inbox_case" ("snoozed_until") WHERE "snoozed_until" IS NOT NULL;
CREATE INDEX "inbox_case_topic_idx" ON "inbox_case" ("government_id", "topic", "received_at" DESC);
CREATE INDEX "inbox_case_received_idx" ON "inbox_case" ("government_id", "received_at" DESC);

-- Time that does not count towards the resolution: the citizen, or another agency, has the next word.
CREATE TABLE "case_pause" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "why" TEXT NOT NULL,
  "from" TIMESTAMPTZ(3) NOT NULL,
  "to" TIMESTAMPTZ(3),
  CONSTRAINT "case_pause_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "case_pause_why_check" CHECK ("why" IN ('citizen', 'agency')),
  CONSTRAINT "case_pause_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "case_pause_case_id_idx" ON "case_pause" ("case_id", "id");
CREATE UNIQUE INDEX "case_pause_open_key" ON "case_pause" ("case_id", "why") WHERE "to" IS NULL;

-- Lists read this table alone for order and filter: what they filter by follows the case.
ALTER TABLE "case_unit"
  ADD COLUMN "government_id" UUID,
  ADD COLUMN "channel_id" UUID,
  ADD COLUMN "kind" TEXT,
  ADD COLUMN "urgent" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "assignee_id" UUID,
  ADD COLUMN "waiting_for" TEXT;
UPDATE "case_unit" cu SET "government_id" = u."government_id", "channel_id" = c."channel_id", "kind" = c."kind", "urgent" = c."urgent", "assignee_id" = c."assignee_id"
  FROM "inbox_case" c, "unit" u WHERE c."id" = cu."case_id" AND u."id" = cu."unit_id";
CREATE INDEX "case_unit_pending_idx" ON "case_unit" ("unit_id", "due_at", "case_id") WHERE "state" <> 'done';
CREATE INDEX "case_unit_state_idx" ON "case_unit" ("unit_id", "state", "last_message_at" DESC, "case_id" DESC);
CREATE INDEX "case_unit_kind_idx" ON "case_unit" ("unit_id", "kind", "last_message_at" DESC, "case_id" DESC);
CREATE INDEX "case_unit_assignee_idx" ON "case_unit" ("assignee_id", "due_at", "case_id") WHERE "state" <> 'done' AND "assignee_id" IS NOT NULL;
CREATE INDEX "case_unit_referred_idx" ON "case_unit" ("unit_id", "due_at", "case_id") WHERE "role" = 'referred' AND "state" <> 'done';
CREATE INDEX "case_unit_away_idx" ON "case_unit" ("unit_id", "due_at", "case_id") WHERE "waiting_for" = 'agency' AND "state" <> 'done';
CREATE INDEX "case_unit_government_open_idx" ON "case_unit" ("government_id", "due_at", "case_id") WHERE "role" = 'owner' AND "state" = 'open';
CREATE INDEX "case_unit_government_pending_idx" ON "case_unit" ("government_id", "due_at", "case_id") WHERE "role" = 'owner' AND "state" <> 'done';
CREATE INDEX "case_unit_government_list_idx" ON "case_unit" ("government_id", "last_message_at" DESC, "case_id" DESC) WHERE "role" = 'owner';
CREATE INDEX "case_unit_government_state_idx" ON "case_unit" ("government_id", "state", "last_message_at" DESC, "case_id" DESC) WHERE "role" = 'owner';
CREATE INDEX "case_unit_government_kind_idx" ON "case_unit" ("government_id", "kind", "last_message_at" DESC, "case_id" DESC) WHERE "role" = 'owner';

CREATE OR REPLACE FUNCTION garda_case_unit_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE case_unit SET last_message_at = NEW.last_message_at, kind = NEW.kind, urgent = NEW.urgent,
    state = CASE WHEN role = 'owner' THEN NEW.state ELSE state END,
    due_at = CASE WHEN role = 'owner' THEN NEW.due_at ELSE due_at END,
    assignee_id = CASE WHEN role = 'owner' THEN NEW.assignee_id ELSE assignee_id END,
    waiting_for = CASE WHEN role = 'owner' THEN NEW.waiting_for ELSE waiting_for END
  WHERE case_id = NEW.id;
  RETURN NULL;
END $$;
DROP TRIGGER case_unit_follows ON inbox_case;
CREATE TRIGGER case_unit_follows AFTER UPDATE OF state, due_at, last_message_at, kind, urgent, assignee_id, waiting_for ON inbox_case
  FOR EACH ROW WHEN ((OLD.state, OLD.due_at, OLD.last_message_at, OLD.kind, OLD.urgent, OLD.assignee_id, OLD.waiting_for)
    IS DISTINCT FROM (NEW.state, NEW.due_at, NEW.last_message_at, NEW.kind, NEW.urgent, NEW.assignee_id, NEW.waiting_for))
  EXECUTE FUNCTION garda_case_unit_follows();
-- A row that names only its case and unit gets what it is listed by from them.
CREATE FUNCTION garda_case_unit_filled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT u.government_id INTO NEW.government_id FROM unit u WHERE u.id = NEW.unit_id;
  SELECT c.channel_id, c.kind, c.urgent, CASE WHEN NEW.role = 'owner' THEN c.assignee_id ELSE NEW.assignee_id END
    INTO NEW.channel_id, NEW.kind, NEW.urgent, NEW.assignee_id FROM inbox_case c WHERE c.id = NEW.case_id;
  RETURN NEW;
END $$;
CREATE TRIGGER case_unit_filled BEFORE INSERT ON case_unit FOR EACH ROW WHEN (NEW.government_id IS NULL OR NEW.kind IS NULL)
  EXECUTE FUNCTION garda_case_unit_filled();

-- What is owed by when, of whatever sort; the worker warns at its moments and tells those above.
CREATE TABLE "case_deadline" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "subject" TEXT NOT NULL,
  "subject_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "clock" TEXT NOT NULL,
  "moment" TEXT NOT NULL DEFAULT 'given',
  "next_at" TIMESTAMPTZ(3),
  "met_at" TIMESTAMPTZ(3),
  CONSTRAINT "case_deadline_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "case_deadline_subject_check" CHECK ("subject" IN ('first_response', 'resolution', 'referral', 'information_request')),
  CONSTRAINT "case_deadline_clock_check" CHECK ("clock" IN ('working', 'wall')),
  CONSTRAINT "case_deadline_moment_check" CHECK ("moment" IN ('given', 'soon', 'pressing', 'due', 'escalated')),
  CONSTRAINT "case_deadline_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "case_deadline_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "case_deadline_subject_subject_id_key" ON "case_deadline" ("subject", "subject_id");
CREATE INDEX "case_deadline_case_id_idx" ON "case_deadline" ("case_id");
CREATE INDEX "case_deadline_next_idx" ON "case_deadline" ("next_at") WHERE "met_at" IS NULL AND "next_at" IS NOT NULL;

-- Disposisi: another agency is asked to act, with an instruction and a deadline.
CREATE TABLE "referral" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "from_unit_id" UUID NOT NULL,
  "to_unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "instruction" TEXT NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'sent',
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "accepted_by" UUID,
  "accepted_at" TIMESTAMPTZ(3),
  "bounce_reason" TEXT,
  "bounced_by" UUID,
  "bounced_at" TIMESTAMPTZ(3),
  "decision" TEXT,
  "decision_note" TEXT,
  "decided_by" UUID,
  "decided_at" TIMESTAMPTZ(3),
  "result" TEXT,
  "result_by" UUID,
  "result_at" TIMESTAMPTZ(3),
  "revision" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "referral_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "referral_state_check" CHECK ("state" IN ('sent', 'accepted', 'bounced', 'delivered', 'withdrawn', 'redirected')),
  CONSTRAINT "referral_decision_check" CHECK ("decision" IN ('upheld', 'returned', 'redirected')),
  CONSTRAINT "referral_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "referral_from_unit_id_fkey" FOREIGN KEY ("from_unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "referral_to_unit_id_fkey" FOREIGN KEY ("to_unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "referral_case_id_id_idx" ON "referral" ("case_id", "id");
CREATE INDEX "referral_bounced_idx" ON "referral" ("government_id", "bounced_at") WHERE "state" = 'bounced';
-- One open referral a case: whoever has it acts, or says once that he cannot.
CREATE UNIQUE INDEX "referral_open_key" ON "referral" ("case_id") WHERE "state" IN ('sent', 'accepted', 'bounced');

-- SP4N-LAPOR!: the ticket that a person entered there; no call is made.
CREATE TABLE "lapor_ticket" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "category" TEXT NOT NULL,
  "form" JSONB NOT NULL,
  "number" TEXT,
  "state" TEXT NOT NULL DEFAULT 'prepared',
  "due_at" TIMESTAMPTZ(3),
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  "revision" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "lapor_ticket_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "lapor_ticket_state_check" CHECK ("state" IN ('prepared', 'entered', 'in_progress', 'answered', 'closed', 'rejected')),
  CONSTRAINT "lapor_ticket_number_check" CHECK ("state" = 'prepared' OR "number" IS NOT NULL),
  CONSTRAINT "lapor_ticket_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "lapor_ticket_case_id_key" ON "lapor_ticket" ("case_id");
CREATE INDEX "lapor_ticket_government_id_idx" ON "lapor_ticket" ("government_id", "updated_at" DESC, "id" DESC);

-- PPID: a request for public information, complete only with its form.
CREATE TABLE "information_request" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "case_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "number" TEXT,
  "form" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'incomplete',
  "registered_day" DATE,
  "due_day" DATE,
  "extended_reason" TEXT,
  "decision_note" TEXT,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  "closed_at" TIMESTAMPTZ(3),
  "revision" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "information_request_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "information_request_state_check" CHECK ("state" IN ('incomplete', 'registered', 'extended', 'granted', 'partly_granted', 'refused', 'withdrawn')),
  CONSTRAINT "information_request_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "information_request_case_id_key" ON "information_request" ("case_id");
CREATE INDEX "information_request_government_id_idx" ON "information_request" ("government_id", "due_day", "id");

-- Many like comments at once about one topic.
CREATE TABLE "crisis_alert" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "government_id" UUID NOT NULL,
  "topic" TEXT NOT NULL,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  "count" INTEGER NOT NULL,
  "usual" DOUBLE PRECISION NOT NULL,
  "units" INTEGER NOT NULL DEFAULT 1,
  "state" TEXT NOT NULL DEFAULT 'open',
  "taken_by" UUID,
  "taken_at" TIMESTAMPTZ(3),
  "closed_by" UUID,
  "closed_at" TIMESTAMPTZ(3),
  "closed_note" TEXT,
  CONSTRAINT "crisis_alert_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "crisis_alert_state_check" CHECK ("state" IN ('open', 'taken', 'closed', 'false_alarm')),
  CONSTRAINT "crisis_alert_government_id_fkey" FOREIGN KEY ("government_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "crisis_alert_open_key" ON "crisis_alert" ("government_id", "topic") WHERE "state" IN ('open', 'taken');
CREATE INDEX "crisis_alert_government_id_idx" ON "crisis_alert" ("government_id", "opened_at" DESC, "id" DESC);

CREATE TABLE "canned_reply" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "kind" TEXT,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "archived_at" TIMESTAMPTZ(3),
  CONSTRAINT "canned_reply_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "canned_reply_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "canned_reply_unit_id_name_idx" ON "canned_reply" ("unit_id", "name", "id");

CREATE TABLE "reply_draft" (
  "case_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "text" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "reply_draft_pkey" PRIMARY KEY ("case_id", "person_id")
);

CREATE TABLE "case_presence" (
  "case_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "writing" BOOLEAN NOT NULL DEFAULT false,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "case_presence_pkey" PRIMARY KEY ("case_id", "person_id")
);

-- Piket: who is on duty for a unit.
CREATE TABLE "duty_shift" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "from" TIMESTAMPTZ(3) NOT NULL,
  "to" TIMESTAMPTZ(3) NOT NULL,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "duty_shift_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "duty_shift_order_check" CHECK ("from" < "to"),
  CONSTRAINT "duty_shift_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "duty_shift_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "duty_shift_unit_id_to_idx" ON "duty_shift" ("unit_id", "to", "id");

ALTER TABLE "case_note" ADD COLUMN "mentions" UUID[] NOT NULL DEFAULT '{}';

-- An answer of a sensitive kind waits for others' yes before it goes out.
ALTER TABLE "reply"
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'sent',
  ADD COLUMN "round" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "flow" JSONB,
  ADD COLUMN "step" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "step_since" TIMESTAMPTZ(3),
  ADD COLUMN "case_revision" INTEGER,
  ADD CONSTRAINT "reply_state_check" CHECK ("state" IN ('sent', 'submitted', 'returned', 'rejected', 'withdrawn'));
CREATE UNIQUE INDEX "reply_submitted_key" ON "reply" ("case_id") WHERE "state" = 'submitted';
