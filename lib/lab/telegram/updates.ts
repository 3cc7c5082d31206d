import { isLoopback } from "../http.ts";
import type { Lab } from "../lab.ts";
import { BotError, bad } from "./errors.ts";
import { type BotRow, findMessage, type MemberRow, type MessageRow } from "./tables.ts";
import { messageJson } from "./view.ts";

const WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;
export type UpdateKind = "message" | "edited_message" | "channel_post" | "edited_channel_post";

/** Tells the bots of a chat, but not the one that wrote it; a bot that is no administrator of a group hears only answers to itself. */
export function tell(lab: Lab, row: MessageRow, kind: UpdateKind): void {
  const members = lab.store.all<MemberRow & BotRow>("SELECT * FROM tg_member m JOIN tg_bot b ON b.id = m.bot WHERE m.chat = ?", row.chat);
  for (const member of members) {
    const answered = row.reply_to === null ? undefined : findMessage(lab.store, row.chat, row.reply_to);
    const hears = member.status === "administrator" || answered?.bot === member.bot;
    if (row.bot === member.bot || !hears) continue;
    const allowed = member.allowed === null ? null : (JSON.parse(member.allowed) as string[]);
    if (allowed && allowed.length > 0 && !allowed.includes(kind)) continue;
    push(lab, member, { [kind]: messageJson(lab, row) });
  }
}

function push(lab: Lab, bot: BotRow, content: { [kind: string]: unknown }): void {
  lab.store.run("UPDATE tg_bot SET last_update = last_update + 1 WHERE id = ?", bot.id);
  const n = lab.store.get<BotRow>("SELECT * FROM tg_bot WHERE id = ?", bot.id)!.last_update + 731_000_000;
  const body = JSON.stringify({ update_id: n, ...content });
  if (bot.webhook_url === null) lab.store.run("INSERT INTO tg_update (bot, n, body) VALUES (?, ?, ?)", bot.id, n, body);
  else deliver(lab, bot, body);
}

function deliver(lab: Lab, bot: Pick<BotRow, "webhook_url" | "webhook_secret">, body: string): void {
  const headers: { [name: string]: string } = { "content-type": "application/json" };
  if (bot.webhook_secret !== null) headers["x-telegram-bot-api-secret-token"] = bot.webhook_secret;
  lab.enqueueWebhook("telegram", body, headers, bot.webhook_url ?? undefined);
}

type Webhook = { url: string; secret: string; allowed: string[] | null; drop: boolean };

/** Sets a bot's webhook, or takes it away with an empty address. What waited goes there, unless it is to be dropped. */
export function setWebhook(lab: Lab, bot: BotRow, { url, secret, allowed, drop }: Webhook): void {
  if (url !== "" && !URL.canParse(url)) throw bad("bad webhook: invalid URL specified");
  if (url !== "" && !isLoopback(url))
    throw bad(
      `bad webhook: ${url.startsWith("https:") ? "Failed to resolve host: Name or service not known" : "An HTTPS URL must be provided for webhook"}`,
    );
  if (secret.length > 256) throw bad("secret token is too long");
  if (!/^[\w-]*$/.test(secret)) throw bad("secret token contains unallowed characters");
  lab.store.run(
    "UPDATE tg_bot SET webhook_url = ?, webhook_secret = ?, allowed = coalesce(?, allowed) WHERE id = ?",
    ...[url || null, secret || null, allowed && JSON.stringify(allowed), bot.id],
  );
  const waiting = lab.store.all<{ body: string }>("SELECT body FROM tg_update WHERE bot = ? ORDER BY n", bot.id);
  if (url === "" && !drop) return;
  lab.store.run("DELETE FROM tg_update WHERE bot = ?", bot.id);
  if (!drop) for (const { body } of waiting) deliver(lab, { webhook_url: url, webhook_secret: secret || null }, body);
}

/** The updates from `offset` on, waiting for the first one a little; those before it are done with. */
export async function getUpdates(lab: Lab, bot: BotRow, offset: number, limit: number, timeout: number): Promise<unknown[]> {
  if (bot.webhook_url !== null)
    throw new BotError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
  lab.store.run("DELETE FROM tg_update WHERE bot = ? AND n < ?", bot.id, offset);
  for (let left = Math.min(timeout * 1_000, LONGEST_WAIT_MS); ; left -= WAIT_MS) {
    const rows = lab.store.all<{ body: string }>("SELECT body FROM tg_update WHERE bot = ? ORDER BY n LIMIT ?", bot.id, limit);
    if (rows.length > 0 || left <= 0) return rows.map(({ body }) => JSON.parse(body));
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}
