import { json, type Reply } from "../http.ts";

type Problem = { status: number; reason: string; message: string; domain?: string; state?: string; more?: { [key: string]: unknown } };

/** A refusal as Google words it. Source: YouTube Data API, "Errors". */
export class GoogleProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The problem as Google sends it. */
export function problemReply({ problem: { status, reason, message, domain = "youtube.api", state, more } }: GoogleProblem): Reply {
  const errors = [{ message, domain, reason }];
  return json(status, { error: { code: status, message, errors, ...(state ? { status: state } : {}), ...more } });
}

export const unauthorized = () =>
  new GoogleProblem({
    status: 401,
    reason: "authError",
    domain: "global",
    message: "Request had invalid authentication credentials.",
    state: "UNAUTHENTICATED",
  });

export const missingScope = () =>
  new GoogleProblem({
    status: 403,
    reason: "insufficientPermissions",
    domain: "global",
    message: "Request had insufficient authentication scopes.",
    state: "PERMISSION_DENIED",
    more: { details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" }] },
  });

export const quotaExceeded = () =>
  new GoogleProblem({
    status: 403,
    reason: "quotaExceeded",
    domain: "youtube.quota",
    message: "The request cannot be completed because you have exceeded your quota.",
  });

export const rateLimited = () =>
  new GoogleProblem({
    status: 429,
    reason: "rateLimitExceeded",
    domain: "global",
    message: "Resource has been exhausted.",
    state: "RESOURCE_EXHAUSTED",
  });

export const uploadLimit = () =>
  new GoogleProblem({
    status: 400,
    reason: "uploadLimitExceeded",
    domain: "youtube.video",
    message: "The user has exceeded the number of videos they may upload.",
  });

export const notConfigured = () =>
  new GoogleProblem({
    status: 403,
    reason: "accessNotConfigured",
    domain: "usageLimits",
    message: "The API is not enabled for this project.",
    state: "PERMISSION_DENIED",
  });

export const bad = (reason: string, message: string) => new GoogleProblem({ status: 400, reason, message });
export const forbidden = (reason: string, message: string) => new GoogleProblem({ status: 403, reason, message });
export const notFound = (reason: string, message: string) => new GoogleProblem({ status: 404, reason, message });
export const serverError = () => new GoogleProblem({ status: 500, reason: "backendError", domain: "global", message: "Backend Error" });
