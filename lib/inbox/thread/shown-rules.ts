/** Citizens' words as a page may show them: nothing in them reaches beyond their own lines. Pure. */

// Orders to turn the direction of writing round, which could make other words read differently than they stand there.
const turns = /[\u202a-\u202e\u2066-\u2069]/gu;
// Indonesian needs no mark above a letter, Arabic and Javanese script a few.
const piledMarks = /(\p{M}{4})\p{M}+/gu;
// Line after line of nothing pushes away what comes below.
const gaps = /\n{4,}/gu;

/** The same words without orders of direction, piled marks and gaps; what is stored stays as it was told. */
export const shownWords = (text: string): string => text.replace(turns, "").replace(piledMarks, "$1").replace(gaps, "\n\n\n");
