/** The kinds of citizens' messages, apart from the rules that tell them apart, so that forms can list them. */

/** pengaduan, aspirasi, masukan, kritik, apresiasi, pertanyaan, permohonan informasi, hoaks, ujaran kebencian, spam, lainnya */
export const kinds = [
  "complaint",
  "aspiration",
  "feedback",
  "criticism",
  "praise",
  "question",
  "information_request",
  "hoax",
  "hate_speech",
  "spam",
  "other",
] as const;
export type Kind = (typeof kinds)[number];
