import { json, type Reply } from "../http.ts";

/** A refusal in the Bot API's own words. */
export class BotError extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;
  constructor(code: number, description: string, parameters?: BotError["parameters"]) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** The refusal as the Bot API sends it: the HTTP status repeats `error_code`. */
export function errorReply({ code, message, parameters }: BotError): Reply {
  return json(code, { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) });
}

export const bad = (what: string) => new BotError(400, `Bad Request: ${what}`);
export const forbidden = (what: string) => new BotError(403, `Forbidden: ${what}`);
export const unauthorized = () => new BotError(401, "Unauthorized");
export const notFound = () => new BotError(404, "Not Found");
export const flooded = (seconds: number) => new BotError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
export const migrated = (chat: number) =>
  new BotError(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: chat });
export const serverError = () => new BotError(500, "Internal Server Error");
