-- Since when an account is disconnected, so that a board of a day before it shows what stood then. Null for older disconnections.
ALTER TABLE "channel" ADD COLUMN "disconnected_at" TIMESTAMPTZ(3);

-- How many units of a government stood on each level when a day had ended: what boards across governments and the map read.
CREATE TABLE "activity_tally" (
  "government_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "score_class" TEXT NOT NULL,
  "units" INTEGER NOT NULL,
  "very_active" INTEGER NOT NULL,
  "active" INTEGER NOT NULL,
  "less_active" INTEGER NOT NULL,
  "passive" INTEGER NOT NULL,
  "dormant" INTEGER NOT NULL,
  "dead" INTEGER NOT NULL,
  -- Of those with a level: accounts too young for a place.
  "fresh" INTEGER NOT NULL,
  CONSTRAINT "activity_tally_pkey" PRIMARY KEY ("government_id", "kind", "day", "score_class"),
  CONSTRAINT "activity_tally_kind_check" CHECK ("kind" IN ('agency', 'district', 'component')),
  CONSTRAINT "activity_tally_score_class_check" CHECK ("score_class" IN ('A', 'B', 'C')),
  CONSTRAINT "activity_tally_sum_check" CHECK ("very_active" + "active" + "less_active" + "passive" + "dormant" + "dead" <= "units"),
  CONSTRAINT "activity_tally_government_id_fkey" FOREIGN KEY ("government_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Days that were scored before there was a tally.
INSERT INTO "activity_tally" ("government_id", "kind", "day", "score_class", "units", "very_active", "active", "less_active", "passive", "dormant", "dead", "fresh")
SELECT u."government_id", u."kind", d."day", u."score_class", count(*), count(*) FILTER (WHERE s."level" = 'very_active'), count(*) FILTER (WHERE s."level" = 'active'),
  count(*) FILTER (WHERE s."level" = 'less_active'), count(*) FILTER (WHERE s."level" = 'passive'), count(*) FILTER (WHERE s."level" = 'dormant'),
  count(*) FILTER (WHERE s."level" = 'dead'), count(*) FILTER (WHERE s."is_new")
FROM (SELECT DISTINCT "zone", "day" FROM "score_run" WHERE "finished_at" IS NOT NULL) d
JOIN "unit" g ON g."zone" = d."zone" AND g."id" = g."government_id"
JOIN "unit" u ON u."government_id" = g."id" AND u."kind" IN ('agency', 'district', 'component') AND u."score_class" IS NOT NULL AND u."active"
LEFT JOIN LATERAL (
  SELECT s."level", s."is_new" FROM "score_snapshot" s WHERE s."unit_id" = u."id" AND s."is_primary" AND s."day" <= d."day"
    AND EXISTS (SELECT FROM "channel" c WHERE c."unit_id" = u."id" AND c."is_primary" AND c."state" <> 'disconnected')
  ORDER BY s."day" DESC, s."version" DESC LIMIT 1) s ON true
GROUP BY u."government_id", u."kind", d."day", u."score_class";
