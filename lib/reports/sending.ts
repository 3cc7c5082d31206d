import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { env } from "../core/env.ts";
import { log } from "../core/log.ts";
import { readKept } from "../core/storage.ts";
import { isMailbox, oneLine, serverAway, settleFailedMail } from "../notices/rules.ts";
import { mailIsConfigured, sendMail } from "../notices/smtp.ts";
import { periodText } from "./document/building.ts";
import { wordsIn } from "./document/wording.ts";
import { fileName } from "./files/naming.ts";
import { dayOf } from "./period.ts";

const LEASE_MS = 120_000;

type Claimed = {
  id: string;
  reportId: string;
  name: string;
  address: string;
  attempts: number;
  leaseUntil: Date;
  pdfDigest: string;
  text: string;
  fromDay: Date;
  toDay: Date;
  version: number;
  delivery: string;
  unitName: string;
  shortName: string;
};

/** Sends the reports that are ready to those who wait for them, each once; returns how many. Once the server is away the rest waits. */
export async function sendReports(): Promise<number> {
  if (!mailIsConfigured()) return 0;
  for (let sent = 0; ; ) {
    const claimed = await claimDelivery();
    if (!claimed) return sent;
    const outcome = await deliver(claimed);
    if (outcome === "sent") sent += 1;
    else if (outcome === "away") return sent;
  }
}

/** Takes one due delivery and commits that before anything is sent; a try that a lost worker began is taken up after its lease. */
export async function claimDelivery(): Promise<Claimed | null> {
  const at = now();
  const until = new Date(at.getTime() + LEASE_MS);
  const [claimed] = await db.$queryRaw<Claimed[]>(Prisma.sql`
    WITH due AS (
      SELECT d.id FROM report_delivery d JOIN report r ON r.id = d.report_id AND r.state = 'ready'
      WHERE d.state IN ('waiting', 'sending') AND ((d.state = 'waiting' AND d.send_after <= ${at}) OR (d.state = 'sending' AND d.lease_until <= ${at}))
      ORDER BY d.send_after, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
    ), taken AS (
      UPDATE report_delivery d SET state = 'sending', lease_until = ${until}, attempts = attempts + 1 FROM due WHERE d.id = due.id
      RETURNING d.id, d.report_id, d.name, d.address, d.attempts, d.lease_until
    )
    SELECT t.id, t.report_id AS "reportId", t.name, t.address, t.attempts, t.lease_until AS "leaseUntil", r.pdf_digest AS "pdfDigest", r.text,
      r.from_day AS "fromDay", r.to_day AS "toDay", r.version, coalesce(s.delivery, 'attached') AS delivery, u.name AS "unitName", u.short_name AS "shortName"
    FROM taken t JOIN report r ON r.id = t.report_id JOIN unit u ON u.id = r.unit_id LEFT JOIN report_schedule s ON s.id = r.schedule_id`);
  return claimed ?? null;
}

/** Sends one claimed delivery and settles it. */
export async function deliver(claimed: Claimed): Promise<"sent" | "failed" | "away"> {
  if (!isMailbox(claimed.address)) {
    await settle(claimed, { state: "failed", problem: "address" });
    return "failed";
  }
  const failure = await sendMail({
    id: claimed.id,
    to: { name: oneLine(claimed.name), address: claimed.address },
    ...(await letterOf(claimed)),
  });
  if (!failure) {
    await settle(claimed, { state: "sent", sentAt: now(), problem: null });
    return "sent";
  }
  const { state, ...rest } = settleFailedMail(failure, claimed.attempts, now());
  log.warn({ delivery: claimed.id, state, problem: rest.problem }, "a report was not sent");
  await settle(claimed, { state, problem: rest.problem, ...("after" in rest ? { sendAfter: rest.after } : {}) });
  return serverAway(failure) ? "away" : "failed";
}

/** The mail, in Indonesian as the report itself: its short text and the way to it, with the PDF where that is wanted. */
async function letterOf({ reportId, text, delivery, pdfDigest, fromDay, toDay, version, unitName, shortName }: Claimed) {
  const say = await wordsIn("id");
  const t = (key: string, values?: Record<string, string | number>) => say(`reports.mail.${key}`, values);
  const period = periodText({ from: dayOf(fromDay), to: dayOf(toDay) }, "id");
  const address = new URL(`/reports/${reportId}`, env().APP_URL).href;
  const plainText = text.replaceAll("*", "");
  const foot = t(delivery === "attached" ? "attached" : "linked");
  return {
    subject: oneLine(t("subject", { unit: unitName, period })),
    text: [t("greeting"), plainText, foot, `${t("open")}: ${address}`, t("foot")].join("\n\n"),
    html: [
      '<!doctype html><html lang="id"><body style="font-family:sans-serif;line-height:1.5;max-width:600px">',
      `<p>${escaped(t("greeting"))}</p>`,
      `<pre style="white-space:pre-wrap;font:inherit">${escaped(plainText)}</pre>`,
      `<p>${escaped(foot)}</p><p><a href="${escaped(address)}">${escaped(t("open"))}</a></p>`,
      `<hr><p style="color:#555;font-size:13px">${escaped(t("foot"))}</p></body></html>`,
    ].join("\n"),
    attachments:
      delivery === "attached"
        ? [
            {
              filename: `${fileName({ unit: { shortName }, fromDay, toDay, version })}.pdf`,
              content: Buffer.from(await readKept(pdfDigest)),
              contentType: "application/pdf",
            },
          ]
        : [],
  };
}

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] ?? "");

const settle = ({ id, leaseUntil }: Claimed, data: Prisma.ReportDeliveryUncheckedUpdateManyInput) =>
  db.reportDelivery.updateMany({ where: { id, state: "sending", leaseUntil }, data: { ...data, leaseUntil: null } });
