import { randomBytes } from "node:crypto";
import { json, type Reply } from "../http.ts";

type Detail = { status?: number; type?: string; code: number; subcode?: number; transient?: boolean; title?: string; userMessage?: string };

/** A refusal in Graph's own words; codes as in Meta's "Handling Errors" guide. */
export class GraphError extends Error {
  readonly detail: Detail;
  constructor(message: string, detail: Detail) {
    super(message);
    this.detail = detail;
  }
}

/** The error as Graph sends it. */
export function errorReply({ message, detail }: GraphError): Reply {
  return json(detail.status ?? 400, {
    error: {
      message,
      type: detail.type ?? "OAuthException",
      code: detail.code,
      ...(detail.subcode === undefined ? {} : { error_subcode: detail.subcode }),
      is_transient: detail.transient ?? false,
      ...(detail.title ? { error_user_title: detail.title } : {}),
      ...(detail.userMessage ? { error_user_msg: detail.userMessage } : {}),
      fbtrace_id: `A${randomBytes(17).toString("base64url")}`,
    },
  });
}

export const invalid = (message: string, userMessage?: string) =>
  new GraphError(`(#100) ${message}`, { code: 100, ...(userMessage ? { title: "Invalid parameter", userMessage } : {}) });

export const missing = (method: string, id: string) =>
  new GraphError(
    `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    { type: "GraphMethodException", code: 100, subcode: 33 },
  );

export const noSuchField = (field: string, kind: string) => invalid(`Tried accessing nonexisting field (${field}) on node type (${kind})`);

export const noToken = () => new GraphError("An access token is required to request this resource.", { code: 104 });

export const badToken = () => new GraphError("Invalid OAuth access token - Cannot parse access token", { code: 190 });

export const expiredToken = () =>
  new GraphError("Error validating access token: Session has expired.", { status: 401, code: 190, subcode: 463 });

export const revokedToken = () =>
  new GraphError("Error validating access token: The user has not authorized application.", { status: 401, code: 190, subcode: 458 });

export const userTokenRefused = () =>
  new GraphError("A Page access token is required for this call.", {
    code: 190,
    subcode: 2069032,
    title: "User Access Token Is Not Supported",
  });

export const missingScope = (scope: string) =>
  new GraphError(`(#200) Permissions error: this call requires the ${scope} permission.`, { status: 403, code: 200 });

export const foreignPage = (writing: boolean) =>
  writing
    ? new GraphError("(#200) The token does not have sufficient permission to act on behalf of this Page.", { status: 403, code: 200 })
    : new GraphError("(#10) Reading another Page requires the 'Page Public Content Access' feature.", { code: 10 });

export const rateLimited = (code: number) =>
  new GraphError(`(#${code}) ${code === 32 ? "Page" : code === 613 ? "Calls to this api" : "Application"} request limit reached`, {
    code,
    transient: true,
  });

export const duplicate = () =>
  new GraphError("(#506) Duplicate status message", {
    code: 506,
    title: "Duplicate Status Update",
    userMessage:
      "This status update is identical to the last one you posted. Try posting something different, or delete your previous update.",
  });

export const policyBlock = () =>
  new GraphError("(#368) The action attempted has been deemed abusive or is otherwise disallowed", {
    code: 368,
    subcode: 1390008,
    title: "You can't use this feature right now",
    userMessage: "We limit how often you can post, comment or do other things in a given amount of time.",
  });

export const badPicture = (subcode: number | null) =>
  new GraphError(subcode ? "(#324) Missing or invalid image file" : "(#324) Requires upload file", {
    code: 324,
    ...(subcode ? { subcode, title: "Missing or invalid image file" } : {}),
    ...(subcode
      ? { userMessage: "Your photos couldn't be uploaded. Photos should be smaller than 4 MB and saved as JPG or PNG files." }
      : {}),
  });

export const badVideo = () =>
  new GraphError("(#352) Sorry, the video file you selected is in a format that we don't support.", {
    code: 352,
    subcode: 1363024,
    title: "Unsupported Video Format",
    userMessage: "The video you're trying to upload is in a format that isn't supported. Please try again with a different format.",
  });

export const videoNotReady = () =>
  new GraphError("(#6000) There was a problem uploading your video file. Please try again.", { code: 6000, subcode: 1363130 });

export const badCode = (message: string, subcode: number) => new GraphError(message, { code: 100, subcode });

export const badSecret = () => new GraphError("Error validating client secret.", { code: 1 });

export const oldVersion = () =>
  new GraphError("(#2635) You are calling a deprecated version of the API. Please update to the latest version: v26.0.", { code: 2635 });

export const serverError = () => new GraphError("An unknown error has occurred.", { status: 500, code: 1, transient: true });
