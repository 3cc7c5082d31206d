import { z } from "zod";
import type { Citizens } from "../citizens.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { chatOf, memberOf } from "./access.ts";
import { bad } from "./errors.ts";
import { structure, whole } from "./parameters.ts";
import { type BotRow, findChat, findMessage, type MessageRow, postPath } from "./tables.ts";
import { tell } from "./updates.ts";

/** Some of the reactions that a bot may give. */
const emojis = ["👍", "👎", "❤", "🔥", "🎉", "🙏", "👏"];
const reactions = z.array(z.object({ type: z.literal("emoji"), emoji: z.string() })).max(1);

/** setMessageReaction: a bot has one reaction to a message, or none. */
export function setReaction(lab: Lab, bot: BotRow, request: LabRequest): true {
  const chat = chatOf(lab, request);
  memberOf(lab, chat, bot);
  const row = findMessage(lab.store, chat.id, whole(request, "message_id") ?? 0);
  if (!row) throw bad("message to react not found");
  const wanted = reactions.safeParse(structure(request, "reaction") ?? []);
  if (!wanted.success) throw bad("REACTIONS_TOO_MANY");
  const [reaction] = wanted.data;
  if (reaction && !emojis.includes(reaction.emoji)) throw bad("REACTION_INVALID");
  if (reaction)
    lab.store.run(
      "INSERT OR REPLACE INTO tg_reaction (chat, message, bot, emoji) VALUES (?, ?, ?, ?)",
      ...[chat.id, row.id, bot.id, reaction.emoji],
    );
  else lab.store.run("DELETE FROM tg_reaction WHERE chat = ? AND message = ? AND bot = ?", chat.id, row.id, bot.id);
  return true;
}

/** The bots' reactions to a message. */
export const reactionsTo = (lab: Lab, { chat, id }: MessageRow): string[] =>
  lab.store.all<{ emoji: string }>("SELECT emoji FROM tg_reaction WHERE chat = ? AND message = ?", chat, id).map(({ emoji }) => emoji);

/** A citizen's message by "group/number". */
function ofCitizen(lab: Lab, id: string): MessageRow | null {
  const [chat = 0, message = 0] = id.split("/").map(Number);
  const row = findMessage(lab.store, chat, message);
  return row && row.bot === null && row.from_id !== null && row.origin_chat === null ? row : null;
}

/** Bots hear of changes, and of no removal. */
export const citizens: Citizens = {
  find: (lab, id) => {
    const row = ofCitizen(lab, id);
    const copy = row?.thread == null ? undefined : findMessage(lab.store, row.chat, row.thread);
    const channel = copy?.origin_chat == null ? undefined : findChat(lab.store, copy.origin_chat);
    if (!row || !copy || !channel) return null;
    return { name: row.from_name ?? "", text: row.text, path: `${postPath(channel, copy.origin_id ?? 0)}#komentar-${row.id}` };
  },
  edit: (lab, id, text) => {
    const { chat, id: number } = ofCitizen(lab, id)!;
    lab.store.run("UPDATE tg_message SET text = ?, edited = ? WHERE chat = ? AND id = ?", text, lab.now(), chat, number);
    tell(lab, findMessage(lab.store, chat, number)!, "edited_message");
  },
  remove: (lab, id) => {
    const { chat, id: number } = ofCitizen(lab, id)!;
    lab.store.run("DELETE FROM tg_message WHERE chat = ? AND id = ?", chat, number);
  },
};
