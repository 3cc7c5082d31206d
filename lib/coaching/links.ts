/** Where a unit's silence, its causes and its cases are attended to. */
export const unitLink = (code: string) => `/coaching/units/${encodeURIComponent(code)}`;
/** Where a case is worked on. */
export const caseLink = (caseId: string) => `/coaching/${caseId}`;
