import { json, type LabRequest, type Reply } from "../http.ts";
import { callsSince } from "../journal.ts";
import type { Lab } from "../lab.ts";
import { forbidden, noRoute, notFound, problemReply, rateLimited, XProblem } from "./errors.ts";
import { mentions, searchRecent, timeline } from "./lists.ts";
import { append, finalize, initialize, metadata, status } from "./media.ts";
import { findByName, findTweet, findUser, type TweetRow, type UserRow } from "./tables.ts";
import { authenticate, exchange } from "./tokens.ts";
import { queryOf, tweetsView, userView } from "./view.ts";
import { createTweet, deleteTweet, hideReply } from "./writing.ts";

const WINDOW_MS = 15 * 60_000;
const CALLS_PER_WINDOW = 100;

type Call = { lab: Lab; request: LabRequest; user: UserRow; id: string; params: URLSearchParams };
type Route = { name: string; path: RegExp; scopes: string[]; status?: number; run: (call: Call) => unknown };

const read = ["tweet.read", "users.read"];
const write = [...read, "tweet.write"];
const moderate = [...read, "tweet.moderate.write"];
const media = ["media.write"];

const own = (run: (call: Call, user: UserRow) => unknown) => (call: Call) => {
  const user = findUser(call.lab.store, call.id);
  return user ? run(call, user) : notFound("user", "id", call.id);
};
const onTweet = (run: (call: Call, tweet: TweetRow) => unknown) => (call: Call) => {
  const tweet = findTweet(call.lab.store, call.id);
  return tweet ? run(call, tweet) : notFound("tweet", "id", call.id);
};
const described = ({ lab, params }: Call, user: UserRow) => ({ data: userView(lab, user, queryOf(params).userFields) });

/** Every call the lab understands, with the scopes it takes. */
const routes: Route[] = [
  { name: "GET users/me", path: /^users\/me$/, scopes: read, run: (call) => described(call, call.user) },
  {
    name: "GET users/by/username",
    path: /^users\/by\/username\/(\w+)$/,
    scopes: read,
    run: (call) => {
      const user = findByName(call.lab.store, call.id);
      return user ? described(call, user) : notFound("user", "username", call.id);
    },
  },
  {
    name: "GET users/tweets",
    path: /^users\/(\d+)\/tweets$/,
    scopes: read,
    run: own(({ lab, params }, user) => timeline(lab, user.id, params)),
  },
  {
    name: "GET users/mentions",
    path: /^users\/(\d+)\/mentions$/,
    scopes: read,
    run: own(({ lab, params, user: viewer }, user) => {
      if (user.id !== viewer.id) throw forbidden("You are not permitted to perform this action.");
      return mentions(lab, user.id, params);
    }),
  },
  { name: "GET tweets/search/recent", path: /^tweets\/search\/recent$/, scopes: read, run: ({ lab, params }) => searchRecent(lab, params) },
  {
    name: "GET tweets",
    path: /^tweets\/(\d+)$/,
    scopes: read,
    run: onTweet(({ lab, params }, tweet) => {
      const { data, includes } = tweetsView(lab, [tweet], queryOf(params));
      return { data: data[0], ...(includes ? { includes } : {}) };
    }),
  },
  { name: "POST tweets", path: /^tweets$/, scopes: write, status: 201, run: ({ lab, request, user }) => createTweet(lab, user, request) },
  {
    name: "PUT tweets/hidden",
    path: /^tweets\/(\d+)\/hidden$/,
    scopes: moderate,
    run: onTweet(({ lab, user, request }, tweet) => hideReply(lab, user, tweet, request)),
  },
  { name: "DELETE tweets", path: /^tweets\/(\d+)$/, scopes: write, run: onTweet(({ lab, user }, tweet) => deleteTweet(lab, user, tweet)) },
  {
    name: "POST media/initialize",
    path: /^media\/upload\/initialize$/,
    scopes: media,
    run: ({ lab, user, request }) => initialize(lab, user, request),
  },
  {
    name: "POST media/append",
    path: /^media\/upload\/(\d+)\/append$/,
    scopes: media,
    run: ({ lab, user, request, id }) => append(lab, user, request, id),
  },
  {
    name: "POST media/finalize",
    path: /^media\/upload\/(\d+)\/finalize$/,
    scopes: media,
    run: ({ lab, user, id }) => finalize(lab, user, id),
  },
  { name: "GET media", path: /^media\/upload$/, scopes: media, run: ({ lab, user, params }) => status(lab, user, params) },
  { name: "POST media/metadata", path: /^media\/metadata$/, scopes: media, run: ({ lab, user, request }) => metadata(lab, user, request) },
];

const pathOf = (request: LabRequest): string => request.segments.slice(2).join("/");
const TOKEN = "POST oauth2/token";

function routeOf(request: LabRequest): Route | undefined {
  return routes.find(({ name, path }) => name.startsWith(`${request.method} `) && path.test(pathOf(request)));
}

/** "POST tweets", "GET users/tweets", "POST media/append", "POST oauth2/token" …; an unknown call goes by its own path. */
export function endpoint(_: Lab, request: LabRequest): string {
  return routeOf(request)?.name ?? `${request.method} ${pathOf(request)}`;
}

/** When the present window of a quarter of an hour ends, in epoch seconds. */
const windowEnd = (lab: Lab): number => (Math.floor(lab.now() / WINDOW_MS) + 1) * (WINDOW_MS / 1000);

/** Adds the limit of the present window. The lab counts, and refuses by the "429" fault alone. */
function withLimits(lab: Lab, reply: Reply, remaining?: number): Reply {
  const reset = windowEnd(lab);
  const calls = callsSince(lab.store, "x", new Date(reset * 1000 - WINDOW_MS));
  return {
    ...reply,
    headers: {
      ...reply.headers,
      "x-rate-limit-limit": String(CALLS_PER_WINDOW),
      "x-rate-limit-remaining": String(remaining ?? Math.max(0, CALLS_PER_WINDOW - calls)),
      "x-rate-limit-reset": String(reset),
    },
  };
}

/** X's 429, which names the second from which calls are taken again. */
export const tooMany = (lab: Lab): Reply => withLimits(lab, problemReply(rateLimited()), 0);

/** Answers one request below /2; refusals become problem documents. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  if (endpoint(lab, request) === TOKEN) return exchange(lab, request);
  try {
    const route = routeOf(request);
    if (!route) throw noRoute();
    const user = authenticate(lab, request, route.scopes);
    const id = route.path.exec(pathOf(request))?.[1] ?? "";
    const answer = route.run({ lab, request, user, id, params: request.url.searchParams });
    return withLimits(lab, json(route.status ?? 200, answer));
  } catch (error) {
    if (error instanceof XProblem) return withLimits(lab, problemReply(error));
    throw error;
  }
}
