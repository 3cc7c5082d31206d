import type { Mutant } from "./mutant.ts";

const rule = (name: string, file: string, from: string, to: string, tests: string, project: Mutant["project"] = "integration"): Mutant => ({
  ...{ name: `delivery: ${name}`, file: `lib/${file}`, from, to, project },
  tests: [project === "unit" ? `lib/${tests}.test.ts` : `tests/integration/${tests}.test.ts`],
});

export const delivery: Mutant[] = [
  rule(
    "absence is proved by two looks",
    "delivery/rules.ts",
    "export const LOOKS_TO_PROVE_ABSENCE = 2;",
    "export const LOOKS_TO_PROVE_ABSENCE = 1;",
    ...(["delivery/rules", "unit"] as const),
  ),
  rule(
    "what look-ups proved holds for the try before them",
    "delivery/rules.ts",
    'absences: settlement.state === "unknown" ? absences : 0',
    "absences",
    ...(["delivery/rules", "unit"] as const),
  ),
  rule(
    "past the point of no return one looks first",
    "delivery/rules.ts",
    'was === "unknown" || stage === "committing" ? "look-up" : "publish"',
    'was === "unknown" ? "look-up" : "publish"',
    ...(["delivery/rules", "unit"] as const),
  ),
  rule(
    "a look that was put off is none of the four",
    "delivery/publishing.ts",
    "settlement.uncounted && { decrement: 1 }",
    "undefined",
    "rate-limits",
  ),
  rule(
    "what is found may be another publication",
    "delivery/publishing.ts",
    'return another ? { kind: "unknown" } : found;',
    "return found;",
    "delivery",
  ),
  rule(
    "a post that stands gets its first comment",
    "delivery/publishing.ts",
    'if (row.state === "published") await planFirstComment(tx, row);',
    "",
    "first-comment",
  ),
  rule("a first comment is planned once", "delivery/planning.ts", "data: [row], skipDuplicates: true", "data: [row]", "first-comment"),
  rule(
    "a lease that ran out saves nothing",
    "delivery/claims.ts",
    "leasedBy: lease, leaseUntil: { gt: at } }",
    "leasedBy: lease }",
    "delivery",
  ),
  rule("a limit holds for every worker", "delivery/claims.ts", '\n        AND NOT ${limitedSql("q.channel_id", at)}', "", "rate-limits"),
  rule("a limit holds for reading", "inbox/polling.ts", ' AND NOT ${limitedSql("q.id", at, "reading")}', "", "polling"),
  rule(
    "no passing fault disconnects",
    "channels/rules.ts",
    'code.startsWith("reauth-")',
    'code.startsWith("re")',
    ...(["channels/rules", "unit"] as const),
  ),
  rule(
    "the watch sees look-ups that nobody makes",
    "delivery/lateness.ts",
    "(state IN ('due', 'unknown') AND run_at",
    "(state IN ('due') AND run_at",
    "schedule-clock",
  ),
];
