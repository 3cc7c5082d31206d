"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action, publicAction } from "../core/doors.ts";
import { log } from "../core/log.ts";
import { currentActor, secureCookies } from "../core/session.ts";
import { signIn, signOut } from "./auth.ts";
import * as directory from "./directory.ts";
import { logIn, logOut } from "./login.ts";
import { newPerson, personRef } from "./schema.ts";

export type LoginState = { identity: string; problem: null | "invalid" | "throttled" | "unavailable"; minutes?: number };

const credentials = z.object({ identity: z.string().trim().min(1).max(200), password: z.string().min(1).max(200) });

export const loginAction = publicAction("login", async (_previous: LoginState, form: FormData): Promise<LoginState> => {
  const identity = String(form.get("identity") ?? "").slice(0, 200);
  const parsed = credentials.safeParse({ identity, password: form.get("password") });
  if (!parsed.success) return { identity, problem: "invalid" };
  const head = await headers();
  // The last one was added by the server nearest to us; those before it are whatever the sender wrote.
  const address = head.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "local";
  try {
    const result = await logIn({ ...parsed.data, address, userAgent: head.get("user-agent") });
    if (!result.ok) return { identity, problem: result.problem, minutes: result.minutes };
    await signIn("credentials", { sessionId: result.sessionId, personId: result.personId, name: result.name, redirect: false });
  } catch (error) {
    log.error({ err: error }, "login failed");
    return { identity, problem: "unavailable" };
  }
  redirect("/");
});

export const logoutAction = publicAction("logout", async () => {
  const actor = await currentActor();
  if (actor) await logOut(actor.sessionId);
  await signOut({ redirect: false });
  redirect("/login");
});

export const chooseUnitAction = publicAction("choose-unit", async (form: FormData) => {
  const unit = z.uuid().safeParse(form.get("unit"));
  if (unit.success)
    (await cookies()).set("garda_unit", unit.data, {
      httpOnly: true,
      secure: secureCookies(),
      sameSite: "lax",
      path: "/",
      maxAge: 31_536_000,
    });
  redirect("/");
});

export const createPersonAction = action("person.manage", newPerson, directory.createPerson);
export const disablePersonAction = action("person.manage", personRef, directory.disablePerson);
export const enablePersonAction = action("person.manage", personRef, directory.enablePerson);
