/** Rules of the lab, and of delivery, each with the change that switches it off and the tests that must fail then. */

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

export const mutants: Mutant[] = [];
