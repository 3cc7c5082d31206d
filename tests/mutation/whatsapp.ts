import { labRules, type Mutant } from "./mutant.ts";

const rule = labRules("whatsapp", "whatsapp");

export const whatsapp: Mutant[] = [
  rule(
    "an unknown token is refused",
    "tokens.ts",
    "if (rows.length === 0) throw badToken();",
    'if (rows.length === 0) return lab.store.all<TokenRow>("SELECT * FROM wa_token");',
  ),
  rule("a revoked token is refused", "tokens.ts", "if (rows.every(({ revoked }) => revoked)) throw revokedToken();", ""),
  rule("a token ends", "tokens.ts", "if (rows.every(({ expires }) => expires !== null && expires <= lab.now())) throw expiredToken();", ""),
  rule(
    "a token opens its own numbers alone",
    "tokens.ts",
    'if (!row) throw new GraphError("(#10) Application does not have permission for this action", { status: 403, code: 10 });',
    "if (!row) return number;",
  ),
  rule(
    "a call takes its permission",
    "tokens.ts",
    "if (!(JSON.parse(row.scopes) as string[]).includes(scope)) throw missingScope(scope);",
    "",
  ),
  rule(
    "a number that nobody asked to hear is not heard",
    "changes.ts",
    "if (!secret || number.subscribed !== 1) return;",
    "if (!secret) return;",
  ),
  rule(
    "free words are for a day after the citizen's last",
    "sending.ts",
    "if (last === null || last <= lab.now() - WINDOW_MS) throw windowClosed();",
    "",
  ),
  rule(
    "who never wrote is not written to",
    "sending.ts",
    'if (!person) throw content.type === "template" ? undeliverable() : windowClosed();',
    "if (!person) return { messages: [{ id: 'wamid.x' }] };",
    "lab-whatsapp",
  ),
  rule("a text has a greatest length", "sending.ts", "if (text.body.length > LONGEST_TEXT)", "if (false)"),
  rule("a pair has a limit", "sending.ts", "if (pair >= PAIR_BURST) throw pairLimited();", ""),
  rule("a pair's limit passes", "sending.ts", "lab.now() - PAIR_MS * PAIR_BURST", "0"),
  rule(
    "a status repeats what was to be remembered",
    "changes.ts",
    "...(row.data === null ? {} : { biz_opaque_callback_data: row.data }),",
    "",
    "lab-whatsapp",
  ),
  rule(
    "who hides the number is told by the user's id",
    "changes.ts",
    "...(person.hidden ? {} : { from: person.phone }),",
    "from: person.phone,",
    "lab-whatsapp",
  ),
  rule("a notification is signed over its bytes", "changes.ts", ".update(body).digest", ".update(JSON.stringify(JSON.parse(body))).digest"),
  rule(
    "a notification is signed with the app's secret",
    "changes.ts",
    'createHmac("sha256", secret)',
    'createHmac("sha256", `${secret}x`)',
  ),
];
