import pino from "pino";

/** The debugging log. Tokens, passwords and message texts never go in. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: { pid: process.pid },
  redact: ["*.accessToken", "*.access_token", "*.password", "*.secret", "*.grant", "*.authorization"],
});
