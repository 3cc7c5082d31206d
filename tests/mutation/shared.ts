import type { Mutant } from "./mutant.ts";

const contract = (...names: string[]) => names.map((name) => `tests/contract/${name}.test.ts`);
const faults = (rule: string, from: string, to: string, ...names: string[]): Mutant => ({
  ...{ name: `faults: ${rule}`, file: "lib/lab/faults.ts", from, to },
  tests: contract(...(names.length > 0 ? names : ["facebook"])),
});

export const shared: Mutant[] = [
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
  ),
  faults("a fault strikes from its call on", "if (fault.seen + 1 >= fault.call) due ??= fault;", "due ??= fault;", "facebook-video"),
  faults("a fault strikes so many times", "WHERE seen < call + times - 1 ORDER BY n", "ORDER BY n"),
  faults("a fault strikes its endpoint alone", 'pattern === "*" || pattern === endpoint ||', "true ||"),
];
