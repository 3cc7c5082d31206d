import { labRules, type Mutant } from "./mutant.ts";

const rule = labRules("telegram", "telegram-refusals", "telegram");

export const telegram: Mutant[] = [
  rule(
    "an unknown token is refused",
    "access.ts",
    "if (!bot || bot.revoked) throw unauthorized();",
    'if (!bot) return lab.store.get<BotRow>("SELECT * FROM tg_bot")!;',
  ),
  rule("a revoked token is refused", "access.ts", "if (!bot || bot.revoked) throw unauthorized();", "if (!bot) throw unauthorized();"),
  rule(
    "a bot writes where it is a member",
    "access.ts",
    "if (!member) throw forbidden(`bot is not a member of the ${chat.type} chat`);",
    "",
  ),
  rule("a bot writes in a channel as its administrator", "access.ts", 'throw bad("need administrator rights in the channel chat");', ";"),
  rule("a chat is known by its name", "access.ts", 'if (!chat) throw bad("chat not found");', ""),
  rule("a text has a greatest length", "sending.ts", "if (trimmed.length > LONGEST_TEXT)", "if (false)"),
  rule("a caption has a greatest length", "sending.ts", "if (words.trim().length > LONGEST_CAPTION)", "if (false)"),
  rule("an album has two to ten pictures", "sending.ts", "if (parsed.data.length < 2 || parsed.data.length > 10)", "if (false)"),
  rule("thirty messages a second", "sending.ts", ">= MESSAGES_PER_SECOND) throw flooded(1);", ">= MESSAGES_PER_SECOND) void 0;"),
  rule("what is answered is there", "sending.ts", 'throw bad("message to be replied not found");', "return null;"),
  rule("a picture is fetched", "pictures.ts", "if (!answer.ok) throw new Error(String(answer.status));", ""),
  rule("a picture is judged by its bytes", "pictures.ts", 'if (!mime) throw bad("IMAGE_PROCESS_FAILED");', ""),
  rule("a picture keeps its measures", "pictures.ts", 'throw bad("PHOTO_INVALID_DIMENSIONS");', ";"),
  rule(
    "a video is judged by its bytes",
    "pictures.ts",
    "const film = readFilm(bytes);",
    "const film = { width: 1080, height: 1920, durationMs: 5000 };",
  ),
  rule(
    "a notification carries the bot's secret",
    "updates.ts",
    'if (bot.webhook_secret !== null) headers["x-telegram-bot-api-secret-token"] = bot.webhook_secret;',
    "",
  ),
  rule("a bot is not told of its own words", "updates.ts", "if (row.bot === member.bot || !hears) continue;", "if (!hears) continue;"),
  rule("a bot is told what it asked for", "updates.ts", "if (allowed && allowed.length > 0 && !allowed.includes(kind)) continue;", ""),
  rule(
    "an answer stands in the thread of what it answers",
    "messages.ts",
    "const thread = answered ? (answered.thread ?? answered.id) : null;",
    "const thread = null;",
  ),
  rule("a post is copied into the discussion group", "messages.ts", "if (channel.linked === null) return null;", "return null;"),
  rule("updates are fetched or sent, not both", "updates.ts", "if (bot.webhook_url !== null)\n    throw", "if (false)\n    throw"),
  rule("a changed message is told", "comments.ts", 'tell(lab, findMessage(lab.store, chat, number)!, "edited_message");', "", "telegram"),
  rule("a reaction is to a message that is there", "comments.ts", 'throw bad("message to react not found")', "return true", "telegram"),
];
