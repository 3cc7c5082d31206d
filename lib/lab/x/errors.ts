import { json, type Reply } from "../http.ts";

type Problem = { status: number; title: string; detail: string; type?: string; more?: { [key: string]: unknown } };

/** A refusal as X words it: a problem document (RFC 7807). Source: X API, "Response codes and errors". */
export class XProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const kind = (name: string): string => `https://api.twitter.com/2/problems/${name}`;

/** The problem as X sends it. */
export function problemReply({ problem: { status, title, detail, type = "about:blank", more } }: XProblem, headers = {}): Reply {
  return json(status, { ...more, title, detail, type, status }, { "content-type": "application/problem+json", ...headers });
}

export const unauthorized = () => new XProblem({ status: 401, title: "Unauthorized", detail: "Unauthorized" });

export const missingScope = () =>
  new XProblem({
    status: 403,
    title: "Forbidden",
    detail: "The token does not have the scopes that this request needs.",
    type: kind("oauth2-permissions"),
  });

export const forbidden = (detail: string) => new XProblem({ status: 403, title: "Forbidden", detail });

export const duplicate = () => forbidden("You are not allowed to create a Tweet with duplicate content.");

export const invalid = (parameter: string, value: string, message: string) =>
  new XProblem({
    status: 400,
    title: "Invalid Request",
    detail: "One or more parameters to your request was invalid.",
    type: kind("invalid-request"),
    more: { errors: [{ parameters: { [parameter]: [value] }, message }] },
  });

export const noRoute = () => new XProblem({ status: 404, title: "Not Found", detail: "Not Found" });

export const rateLimited = () => new XProblem({ status: 429, title: "Too Many Requests", detail: "Too Many Requests" });

export const noCredits = () =>
  new XProblem({
    status: 402,
    title: "CreditsDepleted",
    detail: "Your enrolled account does not have any credits to fulfill this request.",
    type: "https://api.x.com/2/problems/credits",
  });

export const serverError = () => new XProblem({ status: 500, title: "Internal Server Error", detail: "Something is broken." });

/** What X answers, with status 200, for one thing that is not there. */
export const notFound = (resource: "tweet" | "user", parameter: string, value: string) => ({
  errors: [
    {
      value,
      detail: `Could not find ${resource} with ${parameter}: [${value}].`,
      title: "Not Found Error",
      resource_type: resource,
      parameter,
      resource_id: value,
      type: kind("resource-not-found"),
    },
  ],
});
