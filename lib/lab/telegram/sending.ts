import { z } from "zod";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { chatOf, mayWrite } from "./access.ts";
import { bad, flooded } from "./errors.ts";
import { type Draft, publish, say } from "./messages.ts";
import { structure, text, whole } from "./parameters.ts";
import { takePicture, takeVideo } from "./pictures.ts";
import { type BotRow, type ChatRow, findMessage, type MessageRow } from "./tables.ts";

const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;
const MESSAGES_PER_SECOND = 30;

const replySchema = z.object({ message_id: z.coerce.number(), allow_sending_without_reply: z.boolean().default(false) });
const mediaSchema = z.array(z.object({ type: z.string(), media: z.string(), caption: z.string().default("") }));

function checkText(words: string): string {
  const trimmed = words.trim();
  if (trimmed === "") throw bad("message text is empty");
  if (trimmed.length > LONGEST_TEXT) throw bad("message is too long");
  return trimmed;
}

function checkCaption(words: string): string {
  if (words.trim().length > LONGEST_CAPTION) throw bad("message caption is too long");
  return words.trim();
}

/** The message that this one answers; null for none. */
function answeredIn(lab: Lab, chat: ChatRow, request: LabRequest): number | null {
  const given = structure(request, "reply_parameters");
  const old = whole(request, "reply_to_message_id");
  if (given === undefined && old === undefined) return null;
  const parsed = replySchema.safeParse(given ?? { message_id: old });
  if (!parsed.success) throw bad("can't parse reply parameters");
  if (findMessage(lab.store, chat.id, parsed.data.message_id)) return parsed.data.message_id;
  if (parsed.data.allow_sending_without_reply) return null;
  throw bad("message to be replied not found");
}

function send(lab: Lab, bot: BotRow, chat: ChatRow, drafts: Draft[]): MessageRow[] {
  const sql = "SELECT count(*) AS n FROM tg_message WHERE bot = ? AND created > ?";
  if (lab.store.get<{ n: number }>(sql, bot.id, lab.now() - 1_000)!.n >= MESSAGES_PER_SECOND) throw flooded(1);
  const from = { from_id: bot.id, from_name: bot.name, bot: bot.id };
  return lab.store.transaction(() =>
    drafts.map((draft) => (chat.type === "channel" ? publish(lab, chat, bot.id, draft) : say(lab, chat.id, { ...draft, ...from }))),
  );
}

/** The chat of a sending method, with the message that is answered there. */
function place(lab: Lab, bot: BotRow, request: LabRequest): { chat: ChatRow; reply_to: number | null } {
  const chat = chatOf(lab, request);
  mayWrite(lab, chat, bot);
  return { chat, reply_to: answeredIn(lab, chat, request) };
}

export function sendMessage(lab: Lab, bot: BotRow, request: LabRequest): MessageRow {
  const { chat, reply_to } = place(lab, bot, request);
  return send(lab, bot, chat, [{ text: checkText(text(request, "text")), reply_to }])[0]!;
}

export async function sendPhoto(lab: Lab, bot: BotRow, request: LabRequest): Promise<MessageRow> {
  const { chat, reply_to } = place(lab, bot, request);
  const caption = checkCaption(text(request, "caption"));
  const value = request.files.photo ? "attach://photo" : text(request, "photo");
  if (value === "") throw bad("there is no photo in the request");
  const photo = await takePicture(lab, request, value);
  return send(lab, bot, chat, [{ text: caption, reply_to, photo }])[0]!;
}

export async function sendVideo(lab: Lab, bot: BotRow, request: LabRequest): Promise<MessageRow> {
  const { chat, reply_to } = place(lab, bot, request);
  const caption = checkCaption(text(request, "caption"));
  const value = request.files.video ? "attach://video" : text(request, "video");
  if (value === "") throw bad("there is no video in the request");
  const video = await takeVideo(lab, request, value);
  return send(lab, bot, chat, [{ text: caption, reply_to, video }])[0]!;
}

export async function sendMediaGroup(lab: Lab, bot: BotRow, request: LabRequest): Promise<MessageRow[]> {
  const { chat, reply_to } = place(lab, bot, request);
  const parsed = mediaSchema.safeParse(structure(request, "media"));
  if (!parsed.success) throw bad("can't parse media");
  if (parsed.data.length < 2 || parsed.data.length > 10) throw bad("there must be 2-10 media items in the album");
  const album = `139${lab.store.nextId()}`;
  const drafts: Draft[] = [];
  for (const { type, media, caption } of parsed.data) {
    if (type !== "photo") throw bad(`type of file mismatch: only photos are simulated, not ${type}`);
    drafts.push({ text: checkCaption(caption), reply_to, album, photo: await takePicture(lab, request, media) });
  }
  return send(lab, bot, chat, drafts);
}

/** The bot's own message in a group, or any in a channel that it may write in. */
export function messageToChange(lab: Lab, bot: BotRow, request: LabRequest, what: "edit" | "delete"): { chat: ChatRow; row: MessageRow } {
  const chat = chatOf(lab, request);
  mayWrite(lab, chat, bot);
  const row = findMessage(lab.store, chat.id, whole(request, "message_id") ?? 0);
  if (!row) throw bad(`message to ${what} not found`);
  if (chat.type !== "channel" && row.bot !== bot.id && what === "edit") throw bad("message can't be edited");
  return { chat, row };
}

/** New words for a message without a picture. */
export function editText(lab: Lab, bot: BotRow, request: LabRequest): { chat: ChatRow; row: MessageRow } {
  const { chat, row } = messageToChange(lab, bot, request, "edit");
  const words = checkText(text(request, "text"));
  if (words === row.text)
    throw bad(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  lab.store.run("UPDATE tg_message SET text = ?, edited = ? WHERE chat = ? AND id = ?", words, lab.now(), chat.id, row.id);
  return { chat, row: findMessage(lab.store, chat.id, row.id)! };
}
