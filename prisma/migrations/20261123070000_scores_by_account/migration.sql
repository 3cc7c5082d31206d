-- The last objections of one account, and the spells of one unit: both are looked up on every report card and every coaching list.

CREATE INDEX "score_objection_channel_id_id_idx" ON "score_objection" ("channel_id", "id");
CREATE INDEX "dormancy_spell_unit_id_ended_on_idx" ON "dormancy_spell" ("unit_id", "ended_on");
