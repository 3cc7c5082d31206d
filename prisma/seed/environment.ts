// Before anything reads the environment: filling a whole database takes longer than a page may.
process.env.STATEMENT_TIMEOUT_MS = "180000";
