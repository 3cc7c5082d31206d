import { randomBytes } from "node:crypto";
import { json, type Reply } from "../http.ts";

/** A refusal in TikTok's envelope. Sources: the error tables of TikTok's documents, endpoint by endpoint. */
export class TikTokError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const logId = (): string => randomBytes(16).toString("hex").toUpperCase();

export const ok = (data: object): Reply => json(200, { data, error: { code: "ok", message: "", log_id: logId() } });
export const errorReply = ({ status, code, message }: TikTokError): Reply =>
  json(status, { data: {}, error: { code, message, log_id: logId() } });
/** The token endpoint has errors of another form. */
export const oauthError = (status: number, error: string, error_description: string): Reply =>
  json(status, { error, error_description, log_id: logId() });

export const badToken = () => new TikTokError(401, "access_token_invalid", "The access token is invalid or not found in the request.");
export const missingScope = () =>
  new TikTokError(401, "scope_not_authorized", "The user did not authorize the scope required for this API.");
export const invalid = (message: string) => new TikTokError(400, "invalid_param", message);
/** The Display API spells it so. */
export const invalidParams = (message: string) => new TikTokError(400, "invalid_params", message);
export const limited = () => new TikTokError(429, "rate_limit_exceeded", "The API rate limit was exceeded. Please try again later.");
export const tooManyPosts = () =>
  new TikTokError(403, "spam_risk_too_many_posts", "The daily post cap from the API is reached for the current user.");
export const banned = () => new TikTokError(403, "spam_risk_user_banned_from_posting", "The user is banned from making new posts.");
export const userCap = () =>
  new TikTokError(403, "reached_active_user_cap", "The daily quota for active publishing users from your client is reached.");
export const unaudited = () =>
  new TikTokError(
    403,
    "unaudited_client_can_only_post_to_private_accounts",
    "Unaudited clients can only post to a private account. Review the integration guidelines.",
  );
export const unownedUrl = () => new TikTokError(403, "url_ownership_unverified", "Please review the URL ownership verification rules.");
export const badPrivacy = () =>
  new TikTokError(403, "privacy_level_option_mismatch", "privacy_level is not specified or not among the privacy_level_options.");
export const noPublish = () => new TikTokError(400, "invalid_publish_id", "The publish_id does not exist.");
export const foreignPublish = () =>
  new TikTokError(400, "token_not_authorized_for_specified_publish_id", "The access_token does not own the publish_id.");
export const noRoute = () => new TikTokError(404, "unsupported_path", "Unsupported path.");
export const serverError = () => new TikTokError(500, "internal_error", "Something went wrong. Please try again later.");
