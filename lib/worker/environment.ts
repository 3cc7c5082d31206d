// Before anything reads the environment: background statements may take longer than a page's.
process.env.STATEMENT_TIMEOUT_MS ??= "60000";
