/** Meta's own client for Node, turned towards a server of ours, and what matters of a request to Graph. */
import { createRequire } from "node:module";
import type { Received } from "./listener.ts";

export type Row = { id: string; [field: string]: unknown };
export type List = Row[] & { hasNext: () => boolean; next: () => Promise<List> };
type Create = (fields: string[], params: object) => Promise<Row>;
type Read = (fields: string[], params?: object) => Promise<List>;
/** The methods of its objects that are used here, whatever the object. */
export type SdkNode = Row & {
  get: (fields: string[]) => Promise<Row>;
  createLike: Create;
  update: Create;
  createMedia: Create;
  createMediaPublish: Create;
  createComment: Create;
  createReply: Create;
  createCollaborationInvite: Create;
  createFeed: Create;
  createPhoto: Create;
  createVideo: Create;
  createVideoReel: Create;
  getMedia: Read;
  getComments: Read;
  getReplies: Read;
  getCollaborators: Read;
  getCollaborationInvites: Read;
  getFeed: Read;
  getVideos: Read;
  getAccounts: Read;
  getPermissions: Read;
};
type SdkClass = new (id: string, data?: object, parent?: undefined, api?: unknown) => SdkNode;
type Sdk = { FacebookAdsApi: new (token: string, locale: string, crashLog: boolean) => unknown } & {
  [name in "IGUser" | "IGMedia" | "IGComment" | "Page" | "PagePost" | "Comment" | "User"]: SdkClass;
};

const sdk = createRequire(import.meta.url)("facebook-nodejs-business-sdk") as Sdk;

/** The object `id` as Meta's client sees it, talking to `base` with `token`. */
export function metaClient(base: string, kind: Exclude<keyof Sdk, "FacebookAdsApi">, id: string, token: string): SdkNode {
  Object.defineProperty(sdk.FacebookAdsApi, "GRAPH", { configurable: true, get: () => base });
  return new sdk[kind](id, {}, undefined, new sdk.FacebookAdsApi(token, "en_US", false));
}

/** What Meta's client was refused with; null where it was not. */
export const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { response: { code: number; error_subcode?: number } | null }) => error.response,
  );

/** A list or a flag as text, so that JSON and a form can be compared. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(",");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  const text = String(value);
  return text.startsWith("[") ? plain(JSON.parse(text)) : text;
}

/**
 * A request to Graph without what may differ: the client writes its token into the address, bodies as JSON and the object's own
 * id into them; Graph's documents allow a header and a form too.
 */
export function shapeOf({ method, url, headers, body }: Received) {
  const { pathname, searchParams } = new URL(url, "http://recorder.invalid");
  const { access_token, ...query } = Object.fromEntries(searchParams);
  const text = body.toString("utf8");
  const type = String(headers["content-type"] ?? "").split(";")[0];
  const sent: [string, unknown][] =
    type === "multipart/form-data"
      ? [...text.matchAll(/; name="(\w+)"(?:; filename[^\r]*)?\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)/g)].map(([, name, value]) => [name!, value])
      : text === ""
        ? []
        : type === "application/json"
          ? Object.entries(JSON.parse(text) as object)
          : [...new URLSearchParams(text)];
  return {
    method,
    path: pathname.replace(/^\/v\d+\.\d+/, ""),
    query,
    fields: Object.fromEntries(sent.filter(([name]) => name !== "id").map(([name, value]) => [name, plain(value)])),
    token: access_token ?? String(headers.authorization ?? "").replace("Bearer ", ""),
  };
}
