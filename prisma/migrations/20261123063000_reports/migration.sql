-- Reports: what is said of a unit, a region or the ministry for a period, its files, when it is made again and who is sent it.

-- "Each month on this day": one report a month, however often and by how many workers it is looked at.
CREATE TABLE "report_schedule" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  -- What is reported on, and the government that reports.
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "subject" TEXT NOT NULL,
  "day_of_month" INTEGER NOT NULL,
  "hour" INTEGER NOT NULL,
  "paper" TEXT NOT NULL,
  -- attached, link
  "delivery" TEXT NOT NULL,
  "recipients" JSONB NOT NULL,
  "next_at" TIMESTAMPTZ(3) NOT NULL,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "report_schedule_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "report_schedule_subject_check" CHECK ("subject" IN ('unit', 'government', 'component', 'ministry')),
  CONSTRAINT "report_schedule_day_check" CHECK ("day_of_month" BETWEEN 1 AND 28),
  CONSTRAINT "report_schedule_hour_check" CHECK ("hour" BETWEEN 0 AND 23),
  CONSTRAINT "report_schedule_paper_check" CHECK ("paper" IN ('f4', 'a4')),
  CONSTRAINT "report_schedule_delivery_check" CHECK ("delivery" IN ('attached', 'link')),
  CONSTRAINT "report_schedule_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "report_schedule_government_id_id_idx" ON "report_schedule" ("government_id", "id");
CREATE INDEX "report_schedule_due_idx" ON "report_schedule" ("next_at") WHERE "ended_at" IS NULL;

-- Many reports asked for at once; its progress is that of its reports.
CREATE TABLE "report_run" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  -- Of each government below the ministry, or of each unit of a government.
  "scope" TEXT NOT NULL,
  "from_day" DATE NOT NULL,
  "to_day" DATE NOT NULL,
  "reports" INTEGER NOT NULL,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "report_run_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "report_run_scope_check" CHECK ("scope" IN ('governments', 'units')),
  CONSTRAINT "report_run_days_check" CHECK ("from_day" <= "to_day"),
  CONSTRAINT "report_run_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "report_run_government_id_id_idx" ON "report_run" ("government_id", "id");

CREATE TABLE "report" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "unit_id" UUID NOT NULL,
  "government_id" UUID NOT NULL,
  "subject" TEXT NOT NULL,
  "from_day" DATE NOT NULL,
  "to_day" DATE NOT NULL,
  "paper" TEXT NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "previous_id" UUID,
  "run_id" UUID,
  "schedule_id" UUID,
  "state" TEXT NOT NULL,
  "revision" INTEGER NOT NULL DEFAULT 1,
  "number" TEXT,
  "signatory" JSONB,
  -- Frozen with the moment at which they were true; the letterhead as it stood then.
  "figures" JSONB,
  "figures_at" TIMESTAMPTZ(3),
  "letterhead" JSONB,
  "pdf_digest" TEXT,
  "xlsx_digest" TEXT,
  "text" TEXT,
  "made_at" TIMESTAMPTZ(3),
  "problem" TEXT,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "lease_until" TIMESTAMPTZ(3),
  -- Null: a schedule.
  "created_by" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "finalised_by" UUID,
  "finalised_at" TIMESTAMPTZ(3),
  CONSTRAINT "report_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "report_subject_check" CHECK ("subject" IN ('unit', 'government', 'component', 'ministry')),
  CONSTRAINT "report_paper_check" CHECK ("paper" IN ('f4', 'a4')),
  CONSTRAINT "report_state_check" CHECK ("state" IN ('draft', 'waiting', 'making', 'ready', 'failed')),
  CONSTRAINT "report_days_check" CHECK ("from_day" <= "to_day"),
  CONSTRAINT "report_figures_check" CHECK (("figures" IS NULL) = ("figures_at" IS NULL)),
  CONSTRAINT "report_ready_check" CHECK ("state" <> 'ready' OR ("pdf_digest" IS NOT NULL AND "xlsx_digest" IS NOT NULL AND "figures" IS NOT NULL)),
  CONSTRAINT "report_final_check" CHECK ("finalised_at" IS NULL OR "state" = 'ready'),
  CONSTRAINT "report_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "report_previous_id_fkey" FOREIGN KEY ("previous_id") REFERENCES "report" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "report_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "report_run" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "report_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "report_schedule" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "report_government_id_id_idx" ON "report" ("government_id", "id");
CREATE INDEX "report_unit_id_id_idx" ON "report" ("unit_id", "id");
CREATE INDEX "report_due_idx" ON "report" ("id") WHERE "state" IN ('waiting', 'making');
CREATE UNIQUE INDEX "report_previous_id_key" ON "report" ("previous_id");
-- Nothing is made twice: one report of a unit in a run, one of a period for a schedule.
CREATE UNIQUE INDEX "report_run_id_unit_id_key" ON "report" ("run_id", "unit_id");
CREATE UNIQUE INDEX "report_schedule_id_from_day_key" ON "report" ("schedule_id", "from_day");

-- To whom a report goes by e-mail, once each.
CREATE TABLE "report_delivery" (
  "id" UUID NOT NULL DEFAULT garda_uuidv7(),
  "report_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "address" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "send_after" TIMESTAMPTZ(3) NOT NULL,
  "lease_until" TIMESTAMPTZ(3),
  "sent_at" TIMESTAMPTZ(3),
  "problem" TEXT,
  CONSTRAINT "report_delivery_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "report_delivery_state_check" CHECK ("state" IN ('waiting', 'sending', 'sent', 'failed')),
  CONSTRAINT "report_delivery_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "report_delivery_report_id_address_key" ON "report_delivery" ("report_id", "address");
CREATE INDEX "report_delivery_due_idx" ON "report_delivery" ("send_after") WHERE "state" IN ('waiting', 'sending');
