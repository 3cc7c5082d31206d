/** How people write days, times, channels and files in a table. Pure. */

import type { Platform } from "../platforms/contract.ts";
import { type Zone, type ZoneLabel, zoneLabel } from "../units/calendar.ts";
import { instantOfField } from "../units/local-time.ts";

const months = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];
const monthAliases: Record<string, string> = {
  may: "mei",
  aug: "agu",
  ags: "agu",
  agt: "agu",
  oct: "okt",
  dec: "des",
  nop: "nov",
  peb: "feb",
};

/** A local day: "2026-11-30", "30/11/2026", "30-11-2026", "30.11.2026", "Senin, 30 November 2026"; null when it names none. */
export function readDay(text: string): string | null {
  const figures =
    /^(?:(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?|(?<d2>\d{1,2})(?<sign>[/.-])(?<m2>\d{1,2})\k<sign>(?<y2>\d{4}))$/.exec(
      text,
    )?.groups;
  const words = /^(?:\p{L}+,? +)?(?<d>\d{1,2}) +(?<name>\p{L}{3,})\.? +(?<y>\d{4})$/u.exec(text)?.groups;
  const month = words ? monthNamed(words.name!) : Number(figures?.m ?? figures?.m2);
  const year = words?.y ?? figures?.y ?? figures?.y2;
  const two = (digits: string | number | undefined) => String(digits).padStart(2, "0");
  const day = `${year}-${two(month)}-${two(words?.d ?? figures?.d ?? figures?.d2)}`;
  return instantOfField(`${day}T00:00`, "Asia/Jakarta") === null ? null : day;
}

function monthNamed(name: string): number {
  const short = name.slice(0, 3).toLowerCase();
  return months.indexOf(monthAliases[short] ?? short) + 1;
}

/** A time of day as "HH:MM": "08.30", "8:30", "pukul 08.30 WIB". Another zone than the unit's is told, not converted. */
export function readTime(text: string, zone: Zone): { time: string } | { code: "not-a-time" | "other-zone" } {
  const form = /^(?:(?:pukul|jam|pkl\.?) +)?(?<h>\d{1,2})[.:](?<min>\d{2})(?:[.:]00)?(?: *(?<zone>wib|wita|wit))?$/i.exec(text)?.groups;
  if (!form || Number(form.h) > 23 || Number(form.min) > 59) return { code: "not-a-time" };
  if (form.zone && (form.zone.toUpperCase() as ZoneLabel) !== zoneLabel(zone)) return { code: "other-zone" };
  return { time: `${form.h!.padStart(2, "0")}:${form.min}` };
}

const platformNames: Record<string, Platform> = {
  facebook: "facebook",
  fb: "facebook",
  instagram: "instagram",
  ig: "instagram",
  threads: "threads",
  x: "x",
  twitter: "x",
  youtube: "youtube",
  yt: "youtube",
  tiktok: "tiktok",
  telegram: "telegram",
  whatsapp: "whatsapp",
  wa: "whatsapp",
  bluesky: "bluesky",
};

type Named = { platform: Platform; handle: string };

/** The channels that a name means: a platform's ("IG"), an account's ("@dinkestegal"), or both ("Instagram @dinkestegal"). */
export function channelsNamed<C extends Named>(name: string, channels: readonly C[]): C[] {
  const bare = (handle: string) => handle.trim().toLowerCase().replace(/^@/, "");
  const platform = platformNames[name.toLowerCase()];
  const found = channels.filter((channel) => channel.platform === platform || bare(channel.handle) === bare(name));
  if (found.length > 0) return found;
  const parts = /^(\p{L}+)(?: *[:/] *| +)(\S.*)$/u.exec(name);
  const on = parts && platformNames[parts[1]!.toLowerCase()];
  return on ? channels.filter((channel) => channel.platform === on && bare(channel.handle) === bare(parts[2]!)) : [];
}

/** The files of a library that bear a name, whatever its case. */
export const filesNamed = <F extends { name: string }>(name: string, files: readonly F[]): F[] => {
  const bare = (of: string) => of.normalize("NFC").trim().toLowerCase();
  return files.filter((file) => bare(file.name) === bare(name));
};
