-- A duty that a correction made more pressing counts from then; null: from when the citizen spoke.
ALTER TABLE "reply_duty" ADD COLUMN "counted_from" TIMESTAMPTZ(3);
