-- A publication that waits for the end of a pause of the schedule.
ALTER TABLE "publication" DROP CONSTRAINT "publication_state_check";
ALTER TABLE "publication" ADD CONSTRAINT "publication_state_check"
  CHECK ("state" IN ('due', 'held', 'publishing', 'published', 'manual', 'failed', 'unknown', 'cancelled'));
CREATE INDEX "publication_held_idx" ON "publication" ("unit_id") WHERE "state" = 'held';
CREATE INDEX "remote_post_post_id_idx" ON "remote_post" ("post_id") WHERE "post_id" IS NOT NULL;
