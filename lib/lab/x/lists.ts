import type { SQLInputValue } from "node:sqlite";
import type { Lab } from "../lab.ts";
import { invalid } from "./errors.ts";
import type { TweetRow } from "./tables.ts";
import { queryOf, tweetsView } from "./view.ts";

const WEEK_MS = 7 * 86_400_000;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

type Source = { where: string; values: SQLInputValue[]; least: number; token: string };

/** Whole seconds, as X compares them. */
function moment(lab: Lab, params: URLSearchParams, name: string): number | null {
  const text = params.get(name);
  if (text === null) return null;
  const ms = Math.floor(Date.parse(text) / 1000) * 1000;
  if (!instant.test(text) || Number.isNaN(ms))
    throw invalid(name, text, `The \`${name}\` query parameter value [${text}] is not a valid instant`);
  if (ms > lab.now()) throw invalid(name, text, `Invalid '${name}':'${text}'. '${name}' must be before the time of the request.`);
  return ms;
}

/** One page of posts, newest first, by position, so that new ones do not shift it. */
function listTweets(lab: Lab, params: URLSearchParams, { where, values, least, token }: Source): unknown {
  const conditions = [where];
  const bound = [...values];
  const demand = (condition: string, ...more: SQLInputValue[]) => {
    conditions.push(condition);
    bound.push(...more);
  };
  const start = moment(lab, params, "start_time");
  const end = moment(lab, params, "end_time");
  if (start !== null) demand("created >= ?", start);
  if (end !== null) demand("created < ?", end);
  const since = params.get("since_id");
  if (since !== null) demand("CAST(id AS INTEGER) > CAST(? AS INTEGER)", since);
  const next = params.get("pagination_token") ?? params.get("next_token");
  if (next !== null) {
    const [key, id] = Buffer.from(next, "base64url").toString("utf8").split("|");
    if (!id || !Number.isFinite(Number(key))) throw invalid(token, next, "Pagination token is invalid");
    demand("(created, id) < (?, ?)", Number(key), id);
  }
  const asked = params.get("max_results") ?? "10";
  const limit = Number(asked);
  if (!Number.isInteger(limit) || limit < least || limit > 100)
    throw invalid("max_results", asked, `The \`max_results\` query parameter value [${asked}] is not between ${least} and 100`);
  const rows = lab.store.all<TweetRow>(
    `SELECT * FROM x_tweet WHERE ${conditions.join(" AND ")} ORDER BY created DESC, id DESC LIMIT ?`,
    ...bound,
    limit + 1,
  );
  const more = rows.length > limit;
  if (more) rows.pop();
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return { meta: { result_count: 0 } };
  const next_token = Buffer.from(`${last.created}|${last.id}`).toString("base64url");
  return {
    ...tweetsView(lab, rows, queryOf(params)),
    meta: { result_count: rows.length, newest_id: first.id, oldest_id: last.id, ...(more ? { next_token } : {}) },
  };
}

/** GET /2/users/:id/tweets. */
export function timeline(lab: Lab, user: string, params: URLSearchParams): unknown {
  const noReplies = (params.get("exclude") ?? "").split(",").includes("replies");
  const where = noReplies ? "author = ? AND (reply_to IS NULL OR reply_to_user = author)" : "author = ?";
  return listTweets(lab, params, { where, values: [user], least: 5, token: "pagination_token" });
}

/** GET /2/users/:id/mentions. */
export function mentions(lab: Lab, user: string, params: URLSearchParams): unknown {
  const where = "id IN (SELECT tweet FROM x_mention WHERE user = ?) AND author <> ?";
  return listTweets(lab, params, { where, values: [user, user], least: 5, token: "pagination_token" });
}

const MOST_QUERY = 512;
const clause = /^conversation_id:(\d+)$/;

/** GET /2/tweets/search/recent: the last seven days, and of the query language `conversation_id:` joined by OR alone. */
export function searchRecent(lab: Lab, params: URLSearchParams): unknown {
  const query = params.get("query") ?? "";
  const wrong = (message: string) => invalid("query", query, message);
  if (query.length > MOST_QUERY) throw wrong(`Rules must be at most ${MOST_QUERY} characters long.`);
  const ids = query.split(" OR ").map((part) => clause.exec(part.trim())?.[1]);
  if (ids.some((id) => id === undefined)) throw wrong("There were errors processing your request: no viable alternative");
  const oldest = lab.now() - WEEK_MS;
  const start = moment(lab, params, "start_time");
  if (start !== null && start < oldest) {
    throw invalid("start_time", params.get("start_time") ?? "", "'start_time' must be on or after the earliest of the last seven days.");
  }
  // The post that begins a conversation belongs to it too.
  const where = `created >= ? AND conversation IN (${ids.map(() => "?").join(",")})`;
  return listTweets(lab, params, { where, values: [oldest, ...ids.map(String)], least: 10, token: "next_token" });
}
