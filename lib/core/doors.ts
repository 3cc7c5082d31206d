import { notFound, redirect, unstable_rethrow } from "next/navigation";
import type { ReactNode } from "react";
import type { z } from "zod";
import { type Actor, demand, may, type Permission } from "./access.ts";
import { type Answer, type Problem, Refusal } from "./errors.ts";
import { log } from "./log.ts";
import { currentActor } from "./session.ts";

// Every page, action and route is made by one of these and names its permission; `npm run check` refuses a bare export.

type PageProps = {
  params: Promise<Record<string, string | string[] | undefined>>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};
type Search = Record<string, string | string[] | undefined>;
export type PageContext = { actor: Actor; params: Record<string, string>; search: Search };

/** A page for those who hold `permission` somewhere; others are sent to log in, or told that there is no such page. */
export function page(permission: Permission, render: (context: PageContext) => Promise<ReactNode>) {
  return async ({ params, searchParams }: PageProps) => {
    const actor = await currentActor();
    if (!actor) redirect("/login");
    if (!may(actor, permission)) notFound();
    return orNotFound(async () => render({ actor, params: (await params) as Record<string, string>, search: await searchParams }));
  };
}

/** A page for anybody. */
export function publicPage(_name: string, render: (context: { params: Record<string, string>; search: Search }) => Promise<ReactNode>) {
  return async ({ params, searchParams }: PageProps) => {
    return orNotFound(async () => render({ params: (await params) as Record<string, string>, search: await searchParams }));
  };
}

async function orNotFound(render: () => Promise<ReactNode>) {
  try {
    return await render();
  } catch (error) {
    if (error instanceof Refusal) {
      if (error.code === "unauthenticated") redirect("/login");
      notFound();
    }
    throw error;
  }
}

/**
 * A server action: checks the session and the permission, then the input by `schema`; what a person can mend comes back
 * as problems, a refusal as its code. A bug is logged and reads "unavailable".
 */
export function action<S extends z.ZodType, T extends object>(
  permission: Permission,
  schema: S,
  run: (actor: Actor, input: z.output<S>) => Promise<Answer<T>>,
) {
  return async (input: z.input<S>): Promise<Answer<T>> => {
    try {
      const actor = await currentActor();
      if (!actor) return { ok: false, refused: "unauthenticated", problems: [] };
      demand(actor, permission);
      const parsed = schema.safeParse(input);
      if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };
      return await run(actor, parsed.data);
    } catch (error) {
      unstable_rethrow(error);
      if (error instanceof Refusal) return { ok: false, refused: error.code, problems: [] };
      log.error({ err: error, permission }, "action failed");
      return { ok: false, refused: "unavailable", problems: [] };
    }
  };
}

/** An action for anybody (logging in). It checks its own input. */
export function publicAction<A extends unknown[], R>(_name: string, run: (...args: A) => Promise<R>) {
  return async (...args: A): Promise<R> => run(...args);
}

type RouteContext = { params: Promise<Record<string, string>> };

/** A route for those who hold `permission` somewhere. Refusals answer 401 and 404, bugs a plain 500. */
export function route(
  permission: Permission,
  handle: (request: Request, context: { actor: Actor; params: Record<string, string> }) => Promise<Response>,
) {
  return async (request: Request, context: RouteContext): Promise<Response> =>
    answered(async () => {
      const actor = await currentActor();
      if (!actor) throw new Refusal("unauthenticated");
      if (!may(actor, permission)) throw new Refusal("not-found");
      return handle(request, { actor, params: await context.params });
    });
}

/** A route for anybody: health, webhooks (which prove themselves by signature). */
export function publicRoute(_name: string, handle: (request: Request, context: { params: Record<string, string> }) => Promise<Response>) {
  return async (request: Request, context: RouteContext): Promise<Response> =>
    answered(async () => handle(request, { params: await context.params }));
}

async function answered(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Refusal) {
      const status = { unauthenticated: 401, forbidden: 404, "not-found": 404, stale: 409, unavailable: 503 }[error.code];
      return Response.json({ error: error.code }, { status });
    }
    log.error({ err: error }, "route failed");
    return Response.json({ error: "unavailable" }, { status: 500 });
  }
}

/** Zod's issues as problems beside their fields; a schema may name its own code as the message. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => {
    const field = issue.path.join(".");
    if (issue.code === "custom" || /^[a-z]+(-[a-z]+)*$/.test(issue.message)) return { field, code: issue.message };
    if (issue.code === "too_big") return { field, code: "too-long", params: { limit: Number(issue.maximum) } };
    if (issue.code === "too_small") return { field, code: "required" };
    return { field, code: "invalid" };
  });
}
