/** What a citizen does with his comments on the lab's pages, and how a stranger sees them. */
import type { Fault, Harness, Notification } from "../contract/promises/harness.ts";
import type { RunningLab } from "./lab.ts";
import { labSecret } from "./lab.ts";
import type { Listener } from "./listener.ts";

type OnPages = Required<Pick<Harness, "edit" | "remove" | "seen" | "spoilModeration">>;

/** `pathOf` is the page of a post, `anchor` what its comment's place is called there; `endpoint` the lab's name of the moderating call. */
export function strangers(
  lab: RunningLab,
  platform: string,
  {
    pathOf,
    anchor = (id) => `komentar-${id}`,
    endpoint,
  }: { pathOf: (post: string) => string | Promise<string>; anchor?: (id: string) => string; endpoint: string },
): OnPages {
  return {
    edit: (comment, text) => lab.changeComment(platform, comment, text),
    remove: (comment) => lab.changeComment(platform, comment),
    seen: async (post, comment) => {
      const page = await (await fetch(`${lab.url}${await pathOf(post)}`)).text();
      const item = page.split(`id="${anchor(comment)}"`)[1]?.split("<li ")[0];
      return { shown: item !== undefined, liked: item?.includes("Disukai pengelola") ?? false };
    },
    spoilModeration: (fault: Fault) => lab.fault({ platform, endpoint, fault: fault === "rate-limit" ? "429" : fault }),
  };
}

/** The notification that follows an act, as the app's address gets it, and nothing before or after it; `secret` as the connector is given it. */
export const heardBy =
  (lab: RunningLab, platform: string, app: Listener, secret = labSecret) =>
  async (act: () => Promise<void>): Promise<Notification> => {
    await lab.webhooksTo(app.url, platform);
    await act();
    let said = await app.next();
    while (said.method !== "POST") said = await app.next();
    await lab.webhooksTo(null, platform);
    const pairs = Object.entries(said.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    );
    return { rawBody: said.body, headers: new Headers(pairs), secret };
  };
