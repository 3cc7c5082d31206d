-- The open cases of one kind come by deadline too: a rare kind is found without reading all that is due before it.
CREATE INDEX "case_unit_government_open_kind_idx" ON "case_unit" ("government_id", "kind", "due_at", "case_id") WHERE "role" = 'owner' AND "state" = 'open';
