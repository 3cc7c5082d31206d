import type { Mutant } from "./mutant.ts";

const contract = (...names: string[]) => names.map((name) => `tests/contract/${name}.test.ts`);
const faults = (rule: string, from: string, to: string, ...names: string[]): Mutant => ({
  ...{ name: `faults: ${rule}`, file: "lib/lab/faults.ts", from, to },
  tests: contract(...(names.length > 0 ? names : ["facebook"])),
});

const webhooks = (rule: string, file: string, from: string, to: string, test: string): Mutant => ({
  ...{ name: `webhooks: ${rule}`, file: `lib/lab/${file}`, from, to, tests: [`tests/${test}.test.ts`] },
});

export const shared: Mutant[] = [
  webhooks("a forged signature is another one", "webhook-faults.ts", '(last === "0" ? "1" : "0")', "last", "integration/webhook-faults"),
  webhooks(
    "what is serialised again has other bytes",
    "webhook-faults.ts",
    "body: JSON.stringify(JSON.parse(body), null, 1)",
    "body",
    "integration/webhook-faults",
  ),
  webhooks("a duplicate comes twice", "webhook-faults.ts", "return [intact, intact];", "return [intact];", "integration/webhook-faults"),
  webhooks("what is held back waits", "webhook-faults.ts", 'state: "held" }', 'state: "pending" }', "contract/lab-facebook-people"),
  webhooks(
    "what is dropped never comes",
    "webhook-faults.ts",
    'return [{ ...intact, state: "dropped" }];',
    "return [intact];",
    "contract/lab-facebook-people",
  ),
  webhooks(
    "what was not taken is sent again",
    "webhooks.ts",
    'pause === undefined ? "failed" : "pending"',
    '"failed"',
    "contract/lab-facebook-people",
  ),
  webhooks(
    "what was delivered is not sent again",
    "webhooks.ts",
    'delivered ? "delivered" :',
    'false ? "delivered" :',
    "contract/lab-facebook-people",
  ),
  webhooks(
    "an address passes its handshake first",
    "control.ts",
    "if (problem) return refuse(422, problem);",
    "",
    "contract/lab-facebook-people",
  ),
  faults(
    "what is accepted and dropped is accepted",
    'case "accept-then-drop":\n      await platform.api(lab, request);',
    'case "accept-then-drop":',
  ),
  faults(
    "what is accepted and answered 500 is accepted",
    'case "accept-then-500":\n      await platform.api(lab, request);',
    'case "accept-then-500":',
  ),
  faults(
    "what is dropped before is not accepted",
    'case "drop-before":\n',
    'case "drop-before":\n      await platform.api(lab, request);\n',
  ),
  faults(
    "what is answered 500 before is not accepted",
    'case "500-before":\n',
    'case "500-before":\n      await platform.api(lab, request);\n',
    "threads-rules",
  ),
  faults("a fault strikes from its call on", "if (fault.seen + 1 >= fault.call) due ??= fault;", "due ??= fault;", "facebook-video"),
  faults("a fault strikes so many times", "WHERE seen - call + 1 < times ORDER BY n", "ORDER BY n"),
  faults("a fault strikes its endpoint alone", 'pattern === "*" || pattern === endpoint ||', "true ||"),
  faults(
    "a platform stays down until it is lifted",
    'fault === "down" ? Number.MAX_SAFE_INTEGER : input.times',
    "input.times",
    "lab-citizens",
  ),
  webhooks(
    "an account's own word is no citizen's",
    "facebook/writing.ts",
    "comment && !comment.post.startsWith(`${comment.from_id}_`) ? comment : null",
    "comment ?? null",
    "contract/lab-citizens",
  ),
];
