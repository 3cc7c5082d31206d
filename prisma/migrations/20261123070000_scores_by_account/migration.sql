-- The last objections of one account, those that wait in the whole country, and the spells of one unit: looked up on every report
-- card, on the ministry's list and on every coaching list.

CREATE INDEX "score_objection_channel_id_id_idx" ON "score_objection" ("channel_id", "id");
CREATE INDEX "score_objection_open_id_idx" ON "score_objection" ("id") WHERE "state" = 'open';
CREATE INDEX "dormancy_spell_unit_id_ended_on_idx" ON "dormancy_spell" ("unit_id", "ended_on");
