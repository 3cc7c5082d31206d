import { z } from "zod";
import { drawPicture } from "../facebook/draw.ts";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { authenticate, chatOf, memberOf } from "./access.ts";
import { setReaction } from "./comments.ts";
import { BotError, bad, errorReply, notFound } from "./errors.ts";
import { structure, text, whole } from "./parameters.ts";
import { editText, messageToChange, sendMediaGroup, sendMessage, sendPhoto, sendVideo } from "./sending.ts";
import { type BotRow, type ChatRow, findMember, findVideo, type PhotoRow } from "./tables.ts";
import { getUpdates, setWebhook, tell } from "./updates.ts";
import { botJson, chatJson, messageJson } from "./view.ts";

type Method = (lab: Lab, bot: BotRow, request: LabRequest) => unknown;

/** A chat in full, as only `getChat` tells it; `linked_chat_id` is there when there is a linked chat. */
function fullChat(chat: ChatRow): object {
  const { about, linked } = chat;
  return {
    ...chatJson(chat),
    ...(about ? { description: about } : {}),
    ...(linked === null ? {} : { linked_chat_id: linked }),
    accent_color_id: 0,
    max_reaction_count: 11,
  };
}

function chatMember(lab: Lab, bot: BotRow, request: LabRequest): object {
  const chat = chatOf(lab, request);
  const user = lab.store.get<BotRow>("SELECT * FROM tg_bot WHERE id = ?", whole(request, "user_id") ?? 0);
  if (!user) throw bad("member not found");
  if (user.id !== bot.id) memberOf(lab, chat, bot);
  const member = findMember(lab.store, chat.id, user.id);
  if (!member) return { user: botJson(user), status: "left" };
  if (member.status === "member") return { user: botJson(user), status: "member" };
  const rights = { can_be_edited: false, can_manage_chat: true, can_delete_messages: true, is_anonymous: false };
  const posting = chat.type === "channel" ? { can_post_messages: member.can_post === 1, can_edit_messages: member.can_post === 1 } : {};
  return { user: botJson(user), status: "administrator", ...rights, ...posting };
}

function newWebhook(lab: Lab, bot: BotRow, request: LabRequest): true {
  const allowed = z
    .array(z.string())
    .nullable()
    .catch(null)
    .parse(structure(request, "allowed_updates") ?? null);
  const drop = /^(true|1)$/i.test(text(request, "drop_pending_updates"));
  setWebhook(lab, bot, { url: text(request, "url"), secret: text(request, "secret_token"), allowed, drop });
  return true;
}

function webhookInfo(lab: Lab, { id, webhook_url, allowed }: BotRow): object {
  const sql =
    webhook_url === null
      ? "SELECT count(*) AS n FROM tg_update WHERE bot = ?"
      : "SELECT count(*) AS n FROM delivery WHERE url = ? AND state = 'pending'";
  return {
    url: webhook_url ?? "",
    has_custom_certificate: false,
    pending_update_count: lab.store.get<{ n: number }>(sql, webhook_url ?? id)!.n,
    ...(allowed === null ? {} : { allowed_updates: JSON.parse(allowed) }),
  };
}

const methods: { [name: string]: Method } = {
  getMe: (_lab, bot) => ({ ...botJson(bot), can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false }),
  getChat: (lab, bot, request) => {
    const chat = chatOf(lab, request);
    if (!chat.username) memberOf(lab, chat, bot);
    return fullChat(chat);
  },
  getChatMember: chatMember,
  getChatMemberCount: (lab, bot, request) => {
    const chat = chatOf(lab, request);
    memberOf(lab, chat, bot);
    return chat.members;
  },
  sendMessage: (lab, bot, request) => messageJson(lab, sendMessage(lab, bot, request)),
  sendPhoto: async (lab, bot, request) => messageJson(lab, await sendPhoto(lab, bot, request)),
  sendVideo: async (lab, bot, request) => messageJson(lab, await sendVideo(lab, bot, request)),
  sendMediaGroup: async (lab, bot, request) => (await sendMediaGroup(lab, bot, request)).map((row) => messageJson(lab, row)),
  editMessageText: (lab, bot, request) => {
    const { chat, row } = editText(lab, bot, request);
    tell(lab, { ...row, bot: bot.id }, chat.type === "channel" ? "edited_channel_post" : "edited_message");
    return messageJson(lab, row);
  },
  deleteMessage: (lab, bot, request) => {
    const { row } = messageToChange(lab, bot, request, "delete");
    lab.store.run("DELETE FROM tg_message WHERE chat = ? AND id = ?", row.chat, row.id);
    return true;
  },
  setMessageReaction: setReaction,
  setWebhook: newWebhook,
  deleteWebhook: (lab, bot, request) => {
    const drop = /^(true|1)$/i.test(text(request, "drop_pending_updates"));
    setWebhook(lab, bot, { url: "", secret: "", allowed: null, drop });
    return true;
  },
  getWebhookInfo: webhookInfo,
  getUpdates: (lab, bot, request) =>
    getUpdates(lab, bot, whole(request, "offset") ?? 0, Math.min(100, whole(request, "limit") ?? 100), whole(request, "timeout") ?? 0),
  getFile: (lab, _bot, request) => {
    const id = text(request, "file_id");
    const folder = findPhoto(lab, id) ? "photos" : findVideo(lab.store, id) ? "videos" : null;
    if (!folder) throw bad("wrong file_id or the file is temporarily unavailable");
    return { file_id: id, file_unique_id: `AQAD${id.slice(-12)}`, file_path: `${folder}/${id}` };
  },
};
/** Method names are the same in capitals. */
const byName = new Map(Object.entries(methods).map(([name, method]) => [name.toLowerCase(), { name, method }]));

const findPhoto = (lab: Lab, id: string) => lab.store.get<PhotoRow>("SELECT * FROM tg_photo WHERE id = ?", id);
export const pictureOf = (photo: PhotoRow): { mime: string; bytes: Uint8Array } => ({
  mime: photo.mime,
  bytes: photo.bytes ?? drawPicture(photo.id, photo.width, photo.height),
});

/** /telegram/bot{token}/{method}, or /telegram/file/bot{token}/photos/{id} (or videos). */
function target(request: LabRequest): { token: string; method: string; file: string | null } {
  const [, first = "", ...rest] = request.segments;
  const isFile = first === "file";
  const [bot = "", method = "", ...more] = isFile ? rest : [first, ...rest];
  return { token: /^bot(.*)$/.exec(bot)?.[1] ?? "", method, file: isFile ? (more[0] ?? "") : null };
}

export const tokenOf = (request: LabRequest): string => target(request).token;

/** "POST sendMessage", as the method is written in the documents; "GET file" for a download. */
export function endpoint(_lab: Lab, request: LabRequest): string {
  const { method, file } = target(request);
  return `${request.method} ${file === null ? (byName.get(method.toLowerCase())?.name ?? method) : "file"}`;
}

/** Answers one call; refusals become the Bot API's errors. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  try {
    const { token, method, file } = target(request);
    const bot = authenticate(lab, token);
    if (file !== null) {
      const photo = findPhoto(lab, file);
      const bytes = photo ? pictureOf(photo).bytes : findVideo(lab.store, file)?.bytes;
      if (!bytes) throw notFound();
      return { status: 200, headers: { "content-type": "application/octet-stream" }, body: bytes };
    }
    const found = byName.get(method.toLowerCase());
    if (!found) throw notFound();
    return json(200, { ok: true, result: await found.method(lab, bot, request) });
  } catch (error) {
    if (error instanceof BotError) return errorReply(error);
    throw error;
  }
}
