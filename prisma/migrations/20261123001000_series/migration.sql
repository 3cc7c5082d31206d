-- Posts that come again, tags of one's own, and which post corrects which.
CREATE TABLE "post_series" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "author_id" UUID NOT NULL,
  "content" JSONB NOT NULL,
  "tags" TEXT[] NOT NULL DEFAULT '{}',
  "rule" JSONB NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'active',
  "made_until" DATE,
  "last_day" DATE NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "post_series_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "post_series_state_check" CHECK ("state" IN ('active', 'paused', 'ended')),
  CONSTRAINT "post_series_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "post_series_unit_id_id_idx" ON "post_series" ("unit_id", "id");
CREATE INDEX "post_series_government_id_id_idx" ON "post_series" ("government_id", "id");
CREATE INDEX "post_series_state_made_until_idx" ON "post_series" ("state", "made_until");

ALTER TABLE "post"
  ADD COLUMN "series_id" UUID,
  ADD COLUMN "series_day" DATE,
  ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "corrects_id" UUID,
  ADD CONSTRAINT "post_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "post_series" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "post_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "post" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "post_series_day_check" CHECK (("series_id" IS NULL) = ("series_day" IS NULL));
-- One post a day and series, however often and by how many workers it is made.
CREATE UNIQUE INDEX "post_series_id_series_day_key" ON "post" ("series_id", "series_day");
CREATE INDEX "post_tags_idx" ON "post" USING GIN ("tags");
CREATE INDEX "post_tagged_idx" ON "post" ("government_id", "updated_at") WHERE "tags" <> '{}';
CREATE INDEX "post_corrects_id_idx" ON "post" ("corrects_id");
