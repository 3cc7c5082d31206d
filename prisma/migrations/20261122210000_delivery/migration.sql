-- Video, titles, first comments and collaborators of posts; consent by OAuth; when access ends.
ALTER TABLE "channel_grant" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
CREATE INDEX "channel_grant_expires_at_idx" ON "channel_grant" ("expires_at");

CREATE TABLE "consent_attempt" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "state_hash" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "platform" TEXT NOT NULL,
  "channel_id" UUID,
  "verifier" TEXT NOT NULL,
  "opened" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "consent_attempt_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "consent_attempt_state_hash_key" ON "consent_attempt" ("state_hash");
CREATE INDEX "consent_attempt_expires_at_idx" ON "consent_attempt" ("expires_at");

CREATE TABLE "collaboration_invite" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "channel_id" UUID NOT NULL,
  "unit_id" UUID NOT NULL,
  "remote_id" TEXT NOT NULL,
  "from_name" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "permalink" TEXT,
  "state" TEXT NOT NULL DEFAULT 'open',
  "sent_at" TIMESTAMPTZ(3),
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  "answered_at" TIMESTAMPTZ(3),
  "answered_by" UUID,
  CONSTRAINT "collaboration_invite_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "collaboration_invite_state_check" CHECK ("state" IN ('open', 'accepted', 'declined', 'gone')),
  CONSTRAINT "collaboration_invite_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "collaboration_invite_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "collaboration_invite_channel_id_remote_id_key" ON "collaboration_invite" ("channel_id", "remote_id");
CREATE INDEX "collaboration_invite_unit_id_state_idx" ON "collaboration_invite" ("unit_id", "state");

ALTER TABLE "media"
  ADD COLUMN "duration_ms" INTEGER,
  ADD COLUMN "frame_rate" DOUBLE PRECISION,
  ADD COLUMN "alt" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "made_from_id" UUID,
  ADD COLUMN "archived_at" TIMESTAMPTZ(3);

ALTER TABLE "post" ADD COLUMN "title" TEXT;
ALTER TABLE "post_channel"
  ADD COLUMN "first_comment" TEXT,
  ADD COLUMN "collaborators" TEXT[] NOT NULL DEFAULT '{}';

-- What came with a private message, or instead of words.
ALTER TABLE "message" ADD COLUMN "attachment" TEXT;
