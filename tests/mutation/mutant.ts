export type Mutant = {
  name: string;
  file: string;
  /** Stands exactly once in the file. */
  from: string;
  to: string;
  /** Files of tests, any of which must notice. */
  tests: string[];
  project?: "unit" | "integration";
};

/** Mutants of one folder of the lab, to be noticed by the named tests of its connector unless others are said. */
export const labRules =
  (platform: string, ...usual: string[]) =>
  (rule: string, file: string, from: string, to: string, ...tests: string[]): Mutant => ({
    name: `${platform}: ${rule}`,
    file: `lib/lab/${platform}/${file}`,
    from,
    to,
    tests: (tests.length > 0 ? tests : usual).map((test) => `tests/contract/${test}.test.ts`),
  });
