/** Labelled comments as files hold them: columns text, kind, needs_reply, urgent, has_pii, sensitive, alt, scenario. */
import { type Kind, kinds } from "../../kinds.ts";
import { maskAgain } from "../masking.ts";
import { featuresOf } from "./features.ts";
import type { Example } from "./learning.ts";

/** The kinds as people who label write them. */
export const kindNames: Readonly<Record<Kind, string>> = {
  complaint: "pengaduan",
  aspiration: "aspirasi",
  feedback: "masukan",
  criticism: "kritik",
  praise: "apresiasi",
  question: "pertanyaan",
  information_request: "permohonan_informasi",
  hoax: "hoaks",
  hate_speech: "ujaran_kebencian",
  spam: "spam",
  other: "lainnya",
};
const byName = new Map<string, Kind>(kinds.flatMap((kind) => [[kindNames[kind], kind] as const, [kind, kind] as const]));

export type Labelled = {
  text: string;
  kind: Kind;
  alt: Kind | null;
  /** Comments of one scenario were written together: they are trained on together or tested on together. */
  scenario: string;
  needsReply: boolean;
  urgent: boolean;
  hasPii: boolean;
  sensitive: boolean;
};

const isYes = (value: string | undefined) => value === "1" || value === "true";

/** Kinds in Indonesian or as the database names them. Throws with the row's number when one is none of the eleven. */
export function labelled(rows: readonly Record<string, string>[]): Labelled[] {
  return rows.map((row, i) => {
    const kind = byName.get(row.kind ?? "");
    if (kind === undefined)
      throw new Error(`Row ${i + 1}: "${row.kind ?? ""}" is no kind; they are ${Object.values(kindNames).join(", ")}.`);
    return {
      ...{ text: row.text ?? "", kind, alt: byName.get(row.alt ?? "") ?? null, scenario: row.scenario ?? "" },
      ...{ needsReply: isYes(row.needs_reply), urgent: isYes(row.urgent), hasPii: isYes(row.has_pii), sensitive: isYes(row.sensitive) },
    };
  });
}

/** What is learned from: the masked text, as a live message is judged by it. */
export const examplesOf = (rows: readonly Labelled[]): Example[] =>
  rows.map((row) => ({ ...row, features: featuresOf(maskAgain(row.text).text) }));
