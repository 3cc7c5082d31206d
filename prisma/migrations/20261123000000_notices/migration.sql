-- What waits for a person, told in the product and by e-mail, and how each wants to hear of it.
CREATE TABLE "notice" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "person_id" UUID NOT NULL,
  "type" TEXT NOT NULL,
  "params" JSONB NOT NULL,
  "subject_type" TEXT NOT NULL,
  "subject_id" UUID NOT NULL,
  "unit_id" UUID,
  "link" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "urgent" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "read_at" TIMESTAMPTZ(3),
  "mail_state" TEXT NOT NULL DEFAULT 'none',
  "mail_gathered" BOOLEAN NOT NULL DEFAULT false,
  "mail_after" TIMESTAMPTZ(3),
  "mail_batch" UUID,
  "mail_lease_until" TIMESTAMPTZ(3),
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "mail_problem" TEXT,
  CONSTRAINT "notice_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notice_link_check" CHECK ("link" LIKE '/%' AND "link" NOT LIKE '//%'),
  CONSTRAINT "notice_mail_state_check" CHECK ("mail_state" IN ('none', 'waiting', 'sending', 'sent', 'failed')),
  CONSTRAINT "notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "notice_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "notice_person_id_key_key" ON "notice" ("person_id", "key");
CREATE INDEX "notice_person_id_id_idx" ON "notice" ("person_id", "id");
CREATE INDEX "notice_subject_id_type_idx" ON "notice" ("subject_id", "type");
CREATE INDEX "notice_created_at_idx" ON "notice" ("created_at");
CREATE INDEX "notice_unread_idx" ON "notice" ("person_id") WHERE "read_at" IS NULL;
CREATE INDEX "notice_mail_due_idx" ON "notice" ("mail_after") WHERE "mail_state" = 'waiting';
CREATE INDEX "notice_mail_lease_idx" ON "notice" ("mail_lease_until") WHERE "mail_state" = 'sending';
CREATE INDEX "notice_mail_batch_idx" ON "notice" ("mail_batch") WHERE "mail_state" = 'sending';

-- How news of a category comes by e-mail; where a person chose nothing, the product's own habit holds.
CREATE TABLE "notice_preference" (
  "person_id" UUID NOT NULL,
  "category" TEXT NOT NULL,
  "mail" TEXT NOT NULL,
  CONSTRAINT "notice_preference_pkey" PRIMARY KEY ("person_id", "category"),
  CONSTRAINT "notice_preference_category_check"
    CHECK ("category" IN ('verification', 'publishing', 'inbox', 'deadlines', 'emergency', 'account')),
  CONSTRAINT "notice_preference_mail_check" CHECK ("mail" IN ('immediate', 'digest', 'off')),
  CONSTRAINT "notice_preference_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Local times of the person's zone, "HH:MM". No quiet hours: both null.
CREATE TABLE "notice_hours" (
  "person_id" UUID NOT NULL,
  "quiet_from" TEXT,
  "quiet_to" TEXT,
  "digest_at" TEXT NOT NULL,
  CONSTRAINT "notice_hours_pkey" PRIMARY KEY ("person_id"),
  CONSTRAINT "notice_hours_quiet_check" CHECK (("quiet_from" IS NULL) = ("quiet_to" IS NULL)),
  CONSTRAINT "notice_hours_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What the reminders look through: publications that a person has to make, and rounds that stand still.
CREATE INDEX "publication_manual_idx" ON "publication" ("due_at") WHERE "state" = 'manual';
CREATE INDEX "post_submitted_idx" ON "post" ("id") WHERE "state" = 'submitted';
