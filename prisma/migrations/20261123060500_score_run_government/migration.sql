-- A recompute that somebody asked for covers his government alone; a run without one covers its whole zone.
ALTER TABLE "score_run" ADD COLUMN "government_id" UUID;
