import { randomBytes } from "node:crypto";
import { errorReply, GraphError } from "../facebook/errors.ts";
import { json, type Reply } from "../http.ts";

/** A refusal of the Cloud API: a Graph error with what went wrong in `error_data`. Statuses tell of the same ones. */
export class CloudError extends Error {
  readonly status: number;
  readonly code: number;
  readonly details: string;
  constructor(status: number, code: number, title: string, details: string) {
    super(title);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Any refusal as the Cloud API sends it. */
export function refusalReply(error: CloudError | GraphError): Reply {
  if (error instanceof GraphError) return errorReply(error);
  const { status, code, message, details } = error;
  return json(status, {
    error: {
      message: `(#${code}) ${message}`,
      type: "OAuthException",
      code,
      error_data: { messaging_product: "whatsapp", details },
      fbtrace_id: `A${randomBytes(17).toString("base64url")}`,
    },
  });
}

/** The same refusal within a `failed` status. */
export const statusError = ({ code, message, details }: CloudError): object => ({
  code,
  title: message,
  message,
  error_data: { details },
  href: "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
});

export const badParameter = (details: string) => new CloudError(400, 100, "Invalid parameter", details);
export const parameterMissing = (name: string) =>
  new CloudError(400, 131008, "Required parameter is missing", `Parameter '${name}' is mandatory for this kind of message`);
export const unsupportedType = (type: string) =>
  new CloudError(400, 131051, "Unsupported message type", `Message type '${type}' is unknown`);
export const windowClosed = () =>
  new CloudError(400, 131047, "Re-engagement message", "More than 24 hours have passed since the recipient last wrote to this number.");
export const pairLimited = () =>
  new CloudError(
    400,
    131056,
    "(Business Account, Consumer Account) pair rate limit hit",
    "Too many messages went from this number to the same recipient in a short time.",
  );
export const limited = () => new CloudError(429, 130429, "Rate limit hit", "Too many messages were sent from this number in a short time.");
export const undeliverable = () =>
  new CloudError(400, 131026, "Message undeliverable", "The message cannot be delivered to this recipient.");
export const held = () =>
  new CloudError(400, 131049, "Message not delivered", "This message was not delivered, to keep the ecosystem healthy.");
export const locked = () => new CloudError(403, 131031, "Account has been locked", "The business account is locked for breaking a policy.");
export const blocked = () =>
  new CloudError(403, 368, "Temporarily blocked for policies violations", "The business account is restricted for breaking a policy.");
export const somethingWrong = () =>
  new CloudError(500, 131000, "Something went wrong", "The message could not be sent for an unknown reason.");
