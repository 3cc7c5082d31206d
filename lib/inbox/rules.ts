/** Longest answer, in UTF-16 units, where the platform does not set a tighter limit. */
export const longestAnswer = 8000;
