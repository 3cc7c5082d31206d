-- Extensions, ids and partitions.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A version 7 UUID of our own, since PostgreSQL 15 to 17 have none. Rows from the past get ids of their own time.
CREATE FUNCTION garda_uuidv7(at timestamptz DEFAULT clock_timestamp()) RETURNS uuid
  LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- The smallest id of an instant: bounds of partitions and of reads by time.
CREATE FUNCTION garda_uuid_floor(at timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

CREATE TABLE "channel" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "unit_id" UUID NOT NULL,
    "government_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "remote_id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,
    "base_url" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'connected',
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "followers" INTEGER,
    "comments_open" BOOLEAN,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_ok_at" TIMESTAMPTZ(3),
    "last_problem" JSONB,
    "polled_until" TIMESTAMPTZ(3),
    "next_poll_at" TIMESTAMPTZ(3) NOT NULL,
    "poll_lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "channel_grant" (
    "channel_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_grant_pkey" PRIMARY KEY ("channel_id")
);

CREATE TABLE "media" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "unit_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_event" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "actor_id" UUID,
    "type" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "unit_id" UUID,
    "government_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "payload_digest" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "audit_payload" (
    "event_id" UUID NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "audit_payload_pkey" PRIMARY KEY ("event_id")
);

CREATE TABLE "settings_version" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "kind" TEXT NOT NULL,
    "unit_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "payload" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settings_version_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "remote_key" (
    "channel_id" UUID NOT NULL,
    "remote_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,

    CONSTRAINT "remote_key_pkey" PRIMARY KEY ("channel_id","remote_id")
);

CREATE TABLE "publication" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "government_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "content" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lookups" INTEGER NOT NULL DEFAULT 0,
    "checkpoint" JSONB NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "leased_by" TEXT,
    "remote_id" TEXT,
    "permalink" TEXT,
    "ref" JSONB,
    "problem" JSONB,
    "settled_by" UUID,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "publication_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "publication_attempt" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "publication_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "worker" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "detail" JSONB,

    CONSTRAINT "publication_attempt_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "citizen" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "channel_id" UUID NOT NULL,
    "remote_id" TEXT NOT NULL,
    "pseudonym" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "citizen_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "inbox_case" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "channel_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "government_id" UUID NOT NULL,
    "remote_post_id" UUID,
    "root_remote_id" TEXT NOT NULL,
    "citizen_id" UUID NOT NULL,
    "author_name" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "kind" TEXT NOT NULL,
    "kind_by" TEXT NOT NULL DEFAULT 'rule',
    "confidence" INTEGER NOT NULL,
    "reasons" JSONB NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "sensitive" BOOLEAN NOT NULL DEFAULT false,
    "has_pii" BOOLEAN NOT NULL DEFAULT false,
    "assignee_id" UUID,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "last_remote_id" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "due_since" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "inbox_case_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "case_unit" (
    "case_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_unit_pkey" PRIMARY KEY ("case_id","unit_id")
);

CREATE TABLE "message" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "channel_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "remote_id" TEXT NOT NULL,
    "parent_remote_id" TEXT,
    "direction" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "masked" TEXT[],
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "ref" JSONB,
    "reply_id" UUID,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "reply" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "case_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reply_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "case_note" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "case_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_note_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reply_duty" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "case_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "government_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "late_until" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "reply_duty_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "email" TEXT NOT NULL,
    "nip" TEXT,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'id',
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "role_grant" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "acting" TEXT,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "login_throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "login_throttle_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "post" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "unit_id" UUID NOT NULL,
    "government_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "text" TEXT NOT NULL DEFAULT '',
    "link" TEXT,
    "pillar" TEXT,
    "source" TEXT,
    "publish_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "round" INTEGER NOT NULL DEFAULT 0,
    "approved_digest" TEXT,
    "submitted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "post_channel" (
    "post_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "text" TEXT,

    CONSTRAINT "post_channel_pkey" PRIMARY KEY ("post_id","channel_id")
);

CREATE TABLE "post_media" (
    "post_id" UUID NOT NULL,
    "media_id" UUID NOT NULL,
    "alt" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,

    CONSTRAINT "post_media_pkey" PRIMARY KEY ("post_id","media_id")
);

CREATE TABLE "post_version" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "post_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "sealed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "post_version_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "remote_post" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "channel_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "government_id" UUID NOT NULL,
    "remote_id" TEXT NOT NULL,
    "permalink" TEXT,
    "publication_id" UUID,
    "post_id" UUID,
    "text" TEXT NOT NULL,
    "text_key" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    "visual" TEXT,
    "has_alt" BOOLEAN,
    "has_link" BOOLEAN,
    "has_contact" BOOLEAN,
    "repost" BOOLEAN NOT NULL DEFAULT false,
    "category" TEXT NOT NULL,
    "category_by" TEXT NOT NULL DEFAULT 'rule',
    "similar_own" INTEGER NOT NULL DEFAULT 0,
    "similar_other" INTEGER NOT NULL DEFAULT 0,
    "likes" INTEGER,
    "comments" INTEGER,
    "shares" INTEGER,
    "views" INTEGER,
    "reach" INTEGER,
    "metrics_at" TIMESTAMPTZ(3),

    CONSTRAINT "remote_post_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "approval" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "note" TEXT,
    "checklist" JSONB NOT NULL,
    "content_digest" TEXT NOT NULL,
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "score_snapshot" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "channel_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "government_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "is_primary" BOOLEAN NOT NULL,
    "score_tenths" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "score_class" TEXT NOT NULL,
    "is_new" BOOLEAN NOT NULL,
    "facts" JSONB NOT NULL,
    "result" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "formula" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "score_snapshot_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "band_median" (
    "week" DATE NOT NULL,
    "platform" TEXT NOT NULL,
    "band" INTEGER NOT NULL,
    "median_ppm" INTEGER NOT NULL,
    "accounts" INTEGER NOT NULL,

    CONSTRAINT "band_median_pkey" PRIMARY KEY ("week","platform","band")
);

CREATE TABLE "score_run" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "day" DATE NOT NULL,
    "zone" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "accounts" INTEGER,
    "written" INTEGER,

    CONSTRAINT "score_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "unit" (
    "id" UUID NOT NULL DEFAULT garda_uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "type" TEXT,
    "score_class" TEXT,
    "government_id" UUID NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'Asia/Jakarta',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "unit_parent" (
    "unit_id" UUID NOT NULL,
    "parent_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "unit_parent_pkey" PRIMARY KEY ("unit_id","valid_from")
);

CREATE TABLE "unit_closure" (
    "ancestor_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "depth" INTEGER NOT NULL,

    CONSTRAINT "unit_closure_pkey" PRIMARY KEY ("ancestor_id","unit_id")
);

CREATE INDEX "channel_unit_id_idx" ON "channel"("unit_id");

CREATE INDEX "channel_government_id_idx" ON "channel"("government_id");

CREATE INDEX "channel_next_poll_at_idx" ON "channel"("next_poll_at");

CREATE UNIQUE INDEX "channel_platform_mode_remote_id_unit_id_key" ON "channel"("platform", "mode", "remote_id", "unit_id");

CREATE INDEX "media_unit_id_id_idx" ON "media"("unit_id", "id");

CREATE INDEX "audit_event_subject_type_subject_id_id_idx" ON "audit_event"("subject_type", "subject_id", "id");

CREATE UNIQUE INDEX "settings_version_kind_unit_id_valid_from_digest_key" ON "settings_version"("kind", "unit_id", "valid_from", "digest");

CREATE INDEX "publication_subject_type_subject_id_idx" ON "publication"("subject_type", "subject_id");

CREATE INDEX "publication_unit_id_state_due_at_idx" ON "publication"("unit_id", "state", "due_at");

CREATE INDEX "publication_attempt_publication_id_number_idx" ON "publication_attempt"("publication_id", "number");

CREATE UNIQUE INDEX "citizen_channel_id_remote_id_key" ON "citizen"("channel_id", "remote_id");

CREATE INDEX "inbox_case_citizen_id_idx" ON "inbox_case"("citizen_id");

CREATE UNIQUE INDEX "inbox_case_channel_id_root_remote_id_key" ON "inbox_case"("channel_id", "root_remote_id");

CREATE INDEX "message_case_id_id_idx" ON "message"("case_id", "id");

CREATE INDEX "reply_case_id_created_at_idx" ON "reply"("case_id", "created_at");

CREATE INDEX "case_note_case_id_created_at_idx" ON "case_note"("case_id", "created_at");

CREATE INDEX "reply_duty_unit_id_due_at_idx" ON "reply_duty"("unit_id", "due_at");

CREATE INDEX "reply_duty_case_id_idx" ON "reply_duty"("case_id");

CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

CREATE UNIQUE INDEX "person_nip_key" ON "person"("nip");

CREATE INDEX "role_grant_unit_id_role_idx" ON "role_grant"("unit_id", "role");

CREATE UNIQUE INDEX "role_grant_person_id_unit_id_role_valid_from_key" ON "role_grant"("person_id", "unit_id", "role", "valid_from");

CREATE INDEX "session_person_id_idx" ON "session"("person_id");

CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

CREATE INDEX "post_unit_id_state_publish_at_idx" ON "post"("unit_id", "state", "publish_at");

CREATE INDEX "post_unit_id_updated_at_id_idx" ON "post"("unit_id", "updated_at", "id");

CREATE INDEX "post_state_submitted_at_idx" ON "post"("state", "submitted_at");

CREATE INDEX "post_channel_channel_id_idx" ON "post_channel"("channel_id");

CREATE INDEX "post_media_media_id_idx" ON "post_media"("media_id");

CREATE UNIQUE INDEX "post_version_post_id_number_key" ON "post_version"("post_id", "number");

CREATE INDEX "remote_post_channel_id_published_at_idx" ON "remote_post"("channel_id", "published_at");

CREATE INDEX "remote_post_unit_id_published_at_idx" ON "remote_post"("unit_id", "published_at");

CREATE INDEX "remote_post_text_key_published_at_idx" ON "remote_post"("text_key", "published_at");

CREATE UNIQUE INDEX "remote_post_channel_id_remote_id_key" ON "remote_post"("channel_id", "remote_id");

CREATE INDEX "approval_decided_by_decided_at_idx" ON "approval"("decided_by", "decided_at");

CREATE UNIQUE INDEX "approval_subject_type_subject_id_round_key" ON "approval"("subject_type", "subject_id", "round");

CREATE INDEX "score_snapshot_unit_id_is_primary_day_idx" ON "score_snapshot"("unit_id", "is_primary", "day");

CREATE INDEX "score_snapshot_government_id_day_idx" ON "score_snapshot"("government_id", "day");

CREATE UNIQUE INDEX "score_snapshot_channel_id_day_version_key" ON "score_snapshot"("channel_id", "day", "version");

CREATE INDEX "score_run_zone_day_idx" ON "score_run"("zone", "day");

CREATE UNIQUE INDEX "unit_code_key" ON "unit"("code");

CREATE INDEX "unit_government_id_kind_idx" ON "unit"("government_id", "kind");

CREATE INDEX "unit_parent_parent_id_idx" ON "unit_parent"("parent_id");

CREATE INDEX "unit_closure_unit_id_ancestor_id_idx" ON "unit_closure"("unit_id", "ancestor_id");

ALTER TABLE "channel" ADD CONSTRAINT "channel_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "channel_grant" ADD CONSTRAINT "channel_grant_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "media" ADD CONSTRAINT "media_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "settings_version" ADD CONSTRAINT "settings_version_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "publication" ADD CONSTRAINT "publication_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "publication" ADD CONSTRAINT "publication_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "publication_attempt" ADD CONSTRAINT "publication_attempt_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "citizen" ADD CONSTRAINT "citizen_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "inbox_case" ADD CONSTRAINT "inbox_case_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "inbox_case" ADD CONSTRAINT "inbox_case_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "inbox_case" ADD CONSTRAINT "inbox_case_remote_post_id_fkey" FOREIGN KEY ("remote_post_id") REFERENCES "remote_post"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "inbox_case" ADD CONSTRAINT "inbox_case_citizen_id_fkey" FOREIGN KEY ("citizen_id") REFERENCES "citizen"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "case_unit" ADD CONSTRAINT "case_unit_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "case_unit" ADD CONSTRAINT "case_unit_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "message" ADD CONSTRAINT "message_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "reply" ADD CONSTRAINT "reply_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "case_note" ADD CONSTRAINT "case_note_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "reply_duty" ADD CONSTRAINT "reply_duty_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "inbox_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "reply_duty" ADD CONSTRAINT "reply_duty_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "reply_duty" ADD CONSTRAINT "reply_duty_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "post" ADD CONSTRAINT "post_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "post_channel" ADD CONSTRAINT "post_channel_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "post_channel" ADD CONSTRAINT "post_channel_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "post_media" ADD CONSTRAINT "post_media_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "post_media" ADD CONSTRAINT "post_media_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "post_version" ADD CONSTRAINT "post_version_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "remote_post" ADD CONSTRAINT "remote_post_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "remote_post" ADD CONSTRAINT "remote_post_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "score_snapshot" ADD CONSTRAINT "score_snapshot_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "score_snapshot" ADD CONSTRAINT "score_snapshot_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "unit" ADD CONSTRAINT "unit_government_id_fkey" FOREIGN KEY ("government_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "unit_parent" ADD CONSTRAINT "unit_parent_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "unit_parent" ADD CONSTRAINT "unit_parent_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "unit_closure" ADD CONSTRAINT "unit_closure_ancestor_id_fkey" FOREIGN KEY ("ancestor_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "unit_closure" ADD CONSTRAINT "unit_closure_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Quarterly partitions of messages and audit events. Runs as the owner, so that the worker may call it ahead of time.
CREATE FUNCTION garda_ensure_partitions(until date) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE parent text; lower_bound date; made integer := 0; part text;
BEGIN
  FOREACH parent IN ARRAY ARRAY['message', 'audit_event'] LOOP
    IF to_regclass(parent || '_before_2025') IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (MINVALUE) TO (%L)', parent || '_before_2025', parent, garda_uuid_floor('2025-01-01Z'));
    END IF;
    lower_bound := date '2025-01-01';
    WHILE lower_bound <= until LOOP
      part := parent || to_char(lower_bound, '_YYYY"q"Q');
      IF to_regclass(part) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', part, parent,
          garda_uuid_floor(lower_bound::timestamp AT TIME ZONE 'UTC'), garda_uuid_floor((lower_bound + interval '3 months') AT TIME ZONE 'UTC'));
        made := made + 1;
      END IF;
      lower_bound := (lower_bound + interval '3 months')::date;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
SELECT garda_ensure_partitions(date '2027-12-31');

-- States are text with CHECK, so that a new one never breaks a running older version.
ALTER TABLE unit ADD CHECK (kind IN ('ministry', 'component', 'province', 'regency', 'city', 'administrative_area', 'agency', 'district'));
ALTER TABLE unit ADD CHECK (score_class IN ('A', 'B', 'C'));
ALTER TABLE unit ADD CHECK (zone IN ('Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'));
ALTER TABLE role_grant ADD CHECK (reach IN ('own', 'government', 'subtree'));
ALTER TABLE role_grant ADD CHECK (acting IN ('plt', 'plh'));
ALTER TABLE channel ADD CHECK (mode IN ('api', 'manual'));
ALTER TABLE channel ADD CHECK (state IN ('connected', 'needs_reauth', 'disconnected'));
ALTER TABLE post ADD CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'scheduled', 'rejected', 'cancelled'));
ALTER TABLE approval ADD CHECK (decision IN ('approve', 'return', 'reject'));
ALTER TABLE publication ADD CHECK (state IN ('due', 'publishing', 'published', 'manual', 'failed', 'unknown', 'cancelled'));
ALTER TABLE publication ADD CHECK ((state = 'publishing') = (lease_until IS NOT NULL));
ALTER TABLE remote_post ADD CHECK (category IN ('substantive', 'greeting', 'ceremony', 'repost', 'other'));
ALTER TABLE inbox_case ADD CHECK (state IN ('open', 'answered', 'done'));
ALTER TABLE inbox_case ADD CHECK (kind IN ('complaint', 'aspiration', 'feedback', 'criticism', 'praise', 'question', 'information_request', 'hoax', 'hate_speech', 'spam', 'other'));
ALTER TABLE case_unit ADD CHECK (role IN ('owner', 'referred'));
ALTER TABLE message ADD CHECK (direction IN ('in', 'out'));
ALTER TABLE score_snapshot ADD CHECK (level IN ('very_active', 'active', 'less_active', 'passive', 'dormant', 'dead'));

-- One primary account a unit; one address a person, whatever its case.
CREATE UNIQUE INDEX channel_primary_key ON channel (unit_id) WHERE is_primary AND state <> 'disconnected';
CREATE UNIQUE INDEX person_email_lower_key ON person (lower(email));
-- One publication of a subject to a channel that is not called off: a second schedule cannot double it.
CREATE UNIQUE INDEX publication_subject_channel_key ON publication (subject_type, subject_id, channel_id) WHERE state <> 'cancelled';
-- The engine's claim.
CREATE INDEX publication_claim_idx ON publication (run_at) WHERE state IN ('due', 'unknown');
CREATE INDEX publication_lease_idx ON publication (lease_until) WHERE state = 'publishing';
CREATE INDEX case_unit_list_idx ON case_unit (unit_id, last_message_at DESC, case_id DESC);
CREATE INDEX case_unit_open_idx ON case_unit (unit_id, due_at, case_id) WHERE state = 'open';
CREATE INDEX reply_duty_open_idx ON reply_duty (case_id) WHERE answered_at IS NULL;

-- The list of cases a unit sees follows the case itself.
CREATE FUNCTION garda_case_unit_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE case_unit SET state = NEW.state, due_at = NEW.due_at, last_message_at = NEW.last_message_at WHERE case_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER case_unit_follows AFTER UPDATE OF state, due_at, last_message_at ON inbox_case
  FOR EACH ROW WHEN ((OLD.state, OLD.due_at, OLD.last_message_at) IS DISTINCT FROM (NEW.state, NEW.due_at, NEW.last_message_at))
  EXECUTE FUNCTION garda_case_unit_follows();
