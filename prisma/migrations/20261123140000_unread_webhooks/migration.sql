-- A notification that could not be read waits for a person: whose account it speaks of, and what went wrong as a code.
ALTER TABLE "webhook_delivery" ADD COLUMN "channel_id" UUID, ADD COLUMN "unit_id" UUID, ADD COLUMN "government_id" UUID, ADD COLUMN "problem" TEXT;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "webhook_delivery_failed_idx" ON "webhook_delivery" ("government_id", "received_at") WHERE "state" = 'failed';
