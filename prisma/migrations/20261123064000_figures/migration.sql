-- Figures of accounts without an interface: where a post's figures come from, followers by day, and how a table's columns were read.

ALTER TABLE "remote_post"
  ADD COLUMN "metrics_from" TEXT,
  -- Figures that a newer reading told much lower than the one before, and when: {"at": "...", "views": [1200, 900]}.
  ADD COLUMN "figures_fell" JSONB,
  ADD CONSTRAINT "remote_post_metrics_from_check" CHECK ("metrics_from" IN ('api', 'file', 'hand'));
CREATE INDEX "remote_post_government_id_published_at_idx" ON "remote_post" ("government_id", "published_at");
CREATE INDEX "reply_duty_government_id_opened_at_idx" ON "reply_duty" ("government_id", "opened_at");

-- Followers of an account on a local day, as it was last told that day.
CREATE TABLE "follower_count" (
  "channel_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "followers" INTEGER NOT NULL,
  "source" TEXT NOT NULL,
  "noted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "follower_count_pkey" PRIMARY KEY ("channel_id", "day"),
  CONSTRAINT "follower_count_source_check" CHECK ("source" IN ('api', 'file', 'hand')),
  CONSTRAINT "follower_count_followers_check" CHECK ("followers" >= 0),
  CONSTRAINT "follower_count_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Which column of a table with these headings means what, as a person said for an account.
CREATE TABLE "import_mapping" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "channel_id" UUID NOT NULL,
  -- The digest of the headings in their order.
  "signature" TEXT NOT NULL,
  "columns" JSONB NOT NULL,
  "day_order" TEXT,
  "zone" TEXT,
  "decided_by" UUID NOT NULL,
  "decided_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "import_mapping_day_order_check" CHECK ("day_order" IN ('dmy', 'mdy')),
  CONSTRAINT "import_mapping_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "import_mapping_channel_id_signature_key" ON "import_mapping" ("channel_id", "signature");
