/** When somebody may be mailed, and what becomes of a mail that did not go. Pure. */

import { addDays, localDay, startOfDay, type Zone } from "../units/calendar.ts";
import type { Hours, MailHabit } from "./types.ts";

const MINUTE = 60_000;

/** `gathered`: in one mail with what else is due for the person then. */
export type MailPlan = { state: "none" } | { state: "waiting"; gathered: boolean; after: Date };

/** When news may go out by e-mail, by the reader's own choice and clock. */
export function planMail(
  { habit, urgent, hours, zone }: { habit: MailHabit; urgent: boolean; hours: Hours; zone: Zone },
  now: Date,
): MailPlan {
  if (habit === "off") return { state: "none" };
  if (habit === "digest") return { state: "waiting", gathered: true, after: nextAt(hours.digestAt, zone, now) };
  const end = urgent ? null : quietUntil(hours.quiet, zone, now);
  return end ? { state: "waiting", gathered: true, after: end } : { state: "waiting", gathered: false, after: now };
}

/** The end of the quiet hours that `now` lies in; null outside of them. They begin at `from` and are over at `to`, past midnight where that is earlier. */
export function quietUntil(quiet: Hours["quiet"], zone: Zone, now: Date): Date | null {
  if (!quiet || quiet.from === quiet.to) return null;
  const [from, to, at] = [minutesOf(quiet.from), minutesOf(quiet.to), minuteOfDay(zone, now)];
  const inside = from < to ? at >= from && at < to : at >= from || at < to;
  return inside ? nextAt(quiet.to, zone, now) : null;
}

/** The next instant after `now` at which clocks of `zone` show `time` ("HH:MM"). */
export function nextAt(time: string, zone: Zone, now: Date): Date {
  const day = localDay(now, zone);
  const on = (local: string) => new Date(startOfDay(local, zone).getTime() + minutesOf(time) * MINUTE);
  return on(day) > now ? on(day) : on(addDays(day, 1));
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const minuteOfDay = (zone: Zone, now: Date) => Math.floor((now.getTime() - startOfDay(localDay(now, zone), zone).getTime()) / MINUTE);

/** Minutes before each further try: a day in all, then it has failed. */
export const retryMinutes = [1, 5, 15, 60, 180, 360, 720] as const;

/** How sending went wrong, as far as it tells what to do. `command`: what the server was told last. */
export type MailFailure = { code?: string; responseCode?: number; command?: string };
export type MailSettlement = { state: "waiting"; after: Date; problem: string } | { state: "failed"; problem: string };

/** The server was not reached, or refuses us whatever we send: nothing else need be tried now. */
export const serverAway = ({ command }: MailFailure): boolean => !["RCPT TO", "DATA", "API"].includes(command ?? "");

/**
 * After a try that failed; `attempts` counts it. A final refusal of this recipient or this mail (5xx, or before anything was
 * said) is final for us; what is wrong with the connection, the login or the sender is the operator's to mend, so it is tried
 * again for a day.
 */
export function settleFailedMail(failure: MailFailure, attempts: number, now: Date): MailSettlement {
  const { command, responseCode } = failure;
  if (command === "API") return { state: "failed", problem: "not-sendable" };
  const problem = responseCode ? `smtp-${responseCode}` : "unreachable";
  if (!serverAway(failure) && responseCode !== undefined && responseCode >= 500) return { state: "failed", problem };
  const minutes = retryMinutes[attempts - 1];
  if (minutes === undefined) return { state: "failed", problem };
  return { state: "waiting", after: new Date(now.getTime() + minutes * MINUTE), problem };
}

/** An address that goes into a header as it stands: one mailbox, without anything that could begin another. */
export const isMailbox = (address: string): boolean =>
  /^[^\s@<>()[\]\\,;:"]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(address) && address.length <= 254;

/** A text as one line of a header: no control character begins another header or hides a part of this one. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/ +/g, " ")
    .trim();
