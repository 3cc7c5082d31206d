import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { bad, forbidden, notFound, unauthorized } from "./errors.ts";
import { parameter } from "./parameters.ts";
import { type BotRow, type ChatRow, findChat, findMember, type MemberRow } from "./tables.ts";

export const botOf = (lab: Lab, token: string) => lab.store.get<BotRow>("SELECT * FROM tg_bot WHERE token = ?", token);

/** The bot of a token; a token of a wrong form is an unknown path, an unknown or revoked one is refused. */
export function authenticate(lab: Lab, token: string): BotRow {
  if (!/^\d+:[\w-]+$/.test(token)) throw notFound();
  const bot = botOf(lab, token);
  if (!bot || bot.revoked) throw unauthorized();
  return bot;
}

/** The chat that `chat_id` names, by number or by @name. */
export function chatOf(lab: Lab, request: LabRequest): ChatRow {
  const id = parameter(request, "chat_id");
  if (id === undefined) throw bad("chat_id is empty");
  const name = /^@(\w+)$/.exec(String(id))?.[1];
  const chat = name
    ? lab.store.get<ChatRow>("SELECT * FROM tg_chat WHERE username = ?", name)
    : Number.isSafeInteger(Number(id)) && findChat(lab.store, Number(id));
  if (!chat) throw bad("chat not found");
  return chat;
}

/** The bot's place in a chat; throws where it has none. */
export function memberOf(lab: Lab, chat: ChatRow, bot: BotRow): MemberRow {
  const member = findMember(lab.store, chat.id, bot.id);
  if (!member) throw forbidden(`bot is not a member of the ${chat.type} chat`);
  return member;
}

/** Only administrators with that right write in a channel; in a group every member does. */
export function mayWrite(lab: Lab, chat: ChatRow, bot: BotRow): void {
  const member = memberOf(lab, chat, bot);
  if (chat.type === "channel" && !(member.status === "administrator" && member.can_post))
    throw bad("need administrator rights in the channel chat");
}
