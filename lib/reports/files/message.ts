/** The report in a few lines for WhatsApp, from the same figures. Pure. */
import { cut } from "../../core/text.ts";
import type { Words } from "../document/building.ts";
import type { ReportDocument } from "../document/model.ts";

export const longestMessage = 1000;
const MOST_ADVICE = 3;

/** WhatsApp reads *…*, _…_, ~…~ and `…` as marks: taken out of names, so that none of them changes the text. */
const plain = (text: string) => text.replaceAll(/[*_~`]/g, "");

/** Title, five figures and what is recommended, in at most 1000 characters; advice that does not fit is left out whole. */
export function messageOf(document: ReportDocument, say: Words): string {
  const summary = document.parts.find(({ key }) => key === "summary");
  const advice = document.parts.find(({ key }) => key === "recommendations");
  const lines = [
    `*${plain(document.title)}*`,
    `*${plain(cut(document.subject, 120))}*`,
    plain(document.period),
    "",
    ...(summary?.figures ?? []).map(({ label, text, note, changeText }) => `${label}: *${text}*${note ? ` ${note}` : ""} (${changeText})`),
  ];
  const foot = ["", plain(document.asOf)];
  const points = (advice?.points ?? []).slice(0, MOST_ADVICE).map(({ text }, index) => `${index + 1}. ${plain(text)}`);
  const whole = (count: number) =>
    [...lines, ...(count ? ["", `*${say("reports.doc.message.advice")}*`, ...points.slice(0, count)] : []), ...foot].join("\n");
  for (let count = points.length; count > 0; count--) if (whole(count).length <= longestMessage) return whole(count);
  return cut(whole(0), longestMessage);
}
