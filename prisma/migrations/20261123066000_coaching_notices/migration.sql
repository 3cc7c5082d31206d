-- News of coaching is a category of its own, for which a person may choose how it comes.
ALTER TABLE "notice_preference"
  DROP CONSTRAINT "notice_preference_category_check",
  ADD CONSTRAINT "notice_preference_category_check"
    CHECK ("category" IN ('verification', 'publishing', 'inbox', 'deadlines', 'emergency', 'coaching', 'account'));
