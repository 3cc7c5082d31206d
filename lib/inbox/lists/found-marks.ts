/** Stand around a word that was looked for, in what `searchCases` finds; citizens' words hold neither. */
export const foundMarks = { from: "\u0002", to: "\u0003" } as const;
