-- Hiding what a citizen reproaches or asks takes a second person's yes: asked, then waiting or refused.
ALTER TABLE "moderation"
  ADD COLUMN "government_id" UUID,
  ADD COLUMN "decided_by" UUID,
  ADD COLUMN "decided_at" TIMESTAMPTZ(3),
  ADD COLUMN "decision_note" TEXT;
ALTER TABLE "moderation" DROP CONSTRAINT "moderation_state_check";
ALTER TABLE "moderation" ADD CONSTRAINT "moderation_state_check" CHECK ("state" IN ('asked', 'refused', 'waiting', 'done', 'failed'));
UPDATE "moderation" m SET "government_id" = c."government_id" FROM "inbox_case" c WHERE c."id" = m."case_id";
-- Of two orders for one message at once the first is taken.
CREATE UNIQUE INDEX "moderation_open_key" ON "moderation" ("message_id") WHERE "state" IN ('asked', 'waiting');
-- The register of what was hidden.
CREATE INDEX "moderation_hidden_idx" ON "moderation" ("government_id", "id" DESC) WHERE "action" = 'hide';
CREATE INDEX "moderation_message_idx" ON "moderation" ("message_id", "id");
