import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { errorReply, GraphError } from "./errors.ts";

const isVersion = /^v(\d+)\.\d+$/;

/** The path below the prefix: version (null where there is none), object and edge. */
export function pathOf(request: LabRequest): { version: string | null; id: string; edge: string } {
  const [, first = "", ...rest] = request.segments;
  const versioned = isVersion.test(first);
  const [id = "", ...edge] = versioned ? rest : [first, ...rest];
  return { version: versioned ? first : null, id, edge: edge.join("/") };
}

/** The number of a version, such as 26; NaN for none. */
export const numberOf = (version: string | null): number => Number(isVersion.exec(version ?? "")?.[1]);

/** The object named by an id; "me" is whoever the token belongs to. */
export function nodeOf<Node>(id: string, find: (id: string) => Node | null, whoAsks: () => string): Node | null {
  if (id !== "me") return find(id);
  try {
    return find(whoAsks());
  } catch {
    return null;
  }
}

/** The parameters in the address, without the token. */
export const argumentsOf = (request: LabRequest): { [name: string]: string } =>
  Object.fromEntries([...request.url.searchParams].filter(([name]) => name !== "access_token"));

/** Where a list goes on. Graph's own `next` addresses carry the token, and clients follow them without adding one. */
export function selfOf(lab: Lab, request: LabRequest, token: string): URL {
  const self = new URL(`${lab.settings.origin}${request.url.pathname}${request.url.search}`);
  self.searchParams.set("access_token", token);
  return self;
}

/** The answer to a call that Graph does not know. */
export const unsupported = (request: LabRequest, what: string, type = "GraphMethodException"): GraphError =>
  new GraphError(`(#100) Unsupported ${request.method.toLowerCase()} request: ${what}`, { type, code: 100 });

/** Answers one request; refusals become Graph errors. */
export async function graphReply(answer: () => Promise<unknown>): Promise<Reply> {
  try {
    return json(200, await answer());
  } catch (error) {
    if (error instanceof GraphError) return errorReply(error);
    throw error;
  }
}
