import { labRules, type Mutant } from "./mutant.ts";

const rule = labRules("youtube", "youtube-refusals", "youtube");

export const youtube: Mutant[] = [
  rule(
    "an unknown token is refused",
    "tokens.ts",
    "const channel = token && findChannel(lab.store, token.channel);",
    'const channel = token ? findChannel(lab.store, token.channel) : lab.store.get<ChannelRow>("SELECT * FROM yt_channel");',
  ),
  rule("an access token ends", "tokens.ts", " || (token.expires !== null && token.expires <= lab.now())) throw", ") throw"),
  rule("a call takes its scope", "tokens.ts", "throw missingScope();", ";"),
  rule("a code serves once", "tokens.ts", '"DELETE FROM yt_code WHERE code = ? RETURNING *"', '"SELECT * FROM yt_code WHERE code = ?"'),
  rule(
    "a code ends",
    "tokens.ts",
    'row.expires <= lab.now() || row.client !== client) return refuse(400, "invalid_grant", "Malformed',
    'row.client !== client) return refuse(400, "invalid_grant", "Malformed',
  ),
  rule("a code serves with its proof", "tokens.ts", 'return refuse(400, "invalid_grant", "Invalid code verifier.");', ";"),
  rule("a code serves the address it was given at", "tokens.ts", "if (fields.redirect_uri !== row.redirect)", "if (false)"),
  rule(
    "the app proves itself by its secret",
    "tokens.ts",
    "if (googleClientSecret !== null && fields.client_secret !== googleClientSecret)",
    "if (false)",
  ),
  rule("a refresh token is given where it is asked for", "tokens.ts", "if (row.offline === 0) return json(200, answer);", ""),
  rule(
    "a withdrawn refresh token is refused",
    "tokens.ts",
    'lab.store.run("DELETE FROM yt_token WHERE channel = (SELECT channel FROM yt_token WHERE token = ?)", presented(request));',
    "",
  ),
  rule("a piece begins where the last one ended", "uploads.ts", "if (start !== row.received) return incomplete(row.received);", ""),
  rule("a piece is as long as it says", "uploads.ts", "if (end - start !== bytes.length)", "if (false)"),
  rule("pieces but the last are whole units", "uploads.ts", "if (end !== total && bytes.length % UNIT !== 0)", "if (false)"),
  rule("a video has the size that was announced", "uploads.ts", "if (total !== null && ((row.total", "if (false && ((row.total"),
  rule(
    "a session ends after a week",
    "uploads.ts",
    "if (!row || row.created + SESSION_MS <= lab.now()) return gone();",
    "if (!row) return gone();",
  ),
  rule("a session makes one video", "uploads.ts", "if (row.video !== null) return finished(lab, row.video, request, 200);", ""),
  rule(
    "a question tells how far it got",
    "uploads.ts",
    "headers: received > 0 ? { range: `bytes=0-${received - 1}` } : {},",
    "headers: {},",
  ),
  rule("a title has a greatest length", "videos.ts", "[...title].length > LONGEST_TITLE ||", ""),
  rule("a description has a greatest length", "videos.ts", "Buffer.byteLength(description) > MOST_DESCRIPTION_BYTES ||", ""),
  rule("a video is judged by its bytes", "videos.ts", 'playable(media.bytes) ? "processed" : "failed"', '"processed"'),
  rule("an unaudited project's videos stay private", "videos.ts", 'audited(lab) ? about.privacy : "private"', "about.privacy"),
  rule("uploads of a day are counted", "api.ts", 'spend(lab, "uploads", 1);', ""),
  rule("units of a day are counted", "api.ts", 'spend(lab, "units", route.units);', ""),
  rule(
    "the quota begins anew at midnight",
    "quota.ts",
    "const before = date === today ? Number(spent) : 0;",
    "const before = Number(spent ?? 0);",
    "lab-youtube",
  ),
  rule(
    "an answer stands under a comment at the top",
    "comments.ts",
    "if (parent.parent !== null) throw bad",
    "if (false) throw bad",
    "lab-youtube",
  ),
  rule("closed comments take none", "comments.ts", "if (!video.comments_open)", "if (false)"),
];
