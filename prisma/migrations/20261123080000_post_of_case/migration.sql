-- Under which post a conversation stands, also while the post itself is not known here yet.
ALTER TABLE "inbox_case" ADD COLUMN "post_remote_id" TEXT;
CREATE INDEX "inbox_case_post_unknown_idx" ON "inbox_case" ("channel_id", "post_remote_id") WHERE "remote_post_id" IS NULL AND "post_remote_id" IS NOT NULL;
