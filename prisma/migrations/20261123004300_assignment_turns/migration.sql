-- Whose turn it is where cases are given out in turns: the person with the lowest number of a unit is next.
CREATE TABLE "assignment_turn" (
  "unit_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "turn" BIGINT NOT NULL,
  CONSTRAINT "assignment_turn_pkey" PRIMARY KEY ("unit_id", "person_id")
);
