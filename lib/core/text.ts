/** How instants, numbers and masked personal data are written for a reader. Pure; the languages and zones are arguments. */

export const locales = ["id", "en"] as const;
export type Locale = (typeof locales)[number];

/** Whether a string from outside (a cookie, a query) names a language we speak. */
export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

const tags: Record<Locale, string> = { id: "id-ID", en: "en-GB" };

const zoneNames: Record<string, string> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "+07:00": "WIB",
  "Asia/Makassar": "WITA",
  "+08:00": "WITA",
  "Asia/Jayapura": "WIT",
  "+09:00": "WIT",
};

const styles = {
  /** Selasa, 24 November 2026 pukul 09.12 WIB */
  full: { dateStyle: "full", timeStyle: "short" },
  /** 24 November 2026 pukul 09.12 WIB */
  long: { dateStyle: "long", timeStyle: "short" },
  /** Selasa, 24 November pukul 09.12 WIB */
  near: { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
  /** 24 Nov, 09.12 WIB */
  short: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  /** 09.12 WIB */
  time: { hour: "2-digit", minute: "2-digit" },
  /** Selasa, 24 November 2026 */
  day: { dateStyle: "full" },
  /** 24 November 2026 */
  date: { dateStyle: "long" },
  /** 24 Nov */
  dayShort: { day: "numeric", month: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type InstantStyle = keyof typeof styles;

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (locale: Locale, zone: string, style: InstantStyle) => {
  const key = `${locale} ${zone} ${style}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tags[locale], { ...styles[style], hourCycle: "h23", timeZone: zone });
  formatters.set(key, made);
  return made;
};

/** WIB, WITA or WIT for an Indonesian zone (IANA name or offset); any other zone gives its own name back. */
export const zoneName = (zone: string) => zoneNames[zone] ?? zone;

/**
 * An instant as a reader in `zone` would write it, its zone always printed beside a clock time.
 * Dates follow the language's own order (id-ID, British English); a day style prints no clock and so no zone.
 */
export const formatInstant = (at: Date, zone: string, locale: Locale, style: InstantStyle = "full") => {
  const text = formatterOf(locale, zone, style).format(at);
  const clock = "timeStyle" in styles[style] || "hour" in styles[style];
  return clock ? `${text} ${zoneName(zone)}` : text;
};

/** 09.12: an instant's clock alone, for where the zone is printed once for all. */
export const formatClock = (at: Date, zone: string, locale: Locale) => formatterOf(locale, zone, "time").format(at);

const numberFormatters = new Map<string, Intl.NumberFormat>();

/** Making one costs as much as hundreds of numbers written with it. */
const numbersOf = (locale: Locale, style: "decimal" | "percent", digits: number) => {
  const key = `${locale} ${style} ${digits}`;
  const known = numberFormatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(tags[locale], { style, minimumFractionDigits: digits, maximumFractionDigits: digits });
  numberFormatters.set(key, made);
  return made;
};

/** A number with the language's separators: 1.234.567,8 (id), 1,234,567.8 (en). `digits` are the decimals always shown. */
export const formatNumber = (value: number, locale: Locale, digits = 0) => numbersOf(locale, "decimal", digits).format(value);

/** A share (0 to 1) as a percentage: 0.417 with one digit is 41,7%. */
export const formatPercent = (share: number, locale: Locale, digits = 0) => numbersOf(locale, "percent", digits).format(share);

/** The first `length` characters, never half of one: a cut emoji is no text that can be stored. */
export const cut = (text: string, length: number) => text.slice(0, length).replace(/[\ud800-\udbff]$/, "");

/** A text from outside as the database can hold it: without NUL, and halves of characters replaced. */
export const storable = (text: string) => text.replaceAll("\u0000", "").toWellFormed();

export const maskedKinds = ["nik", "kk", "telepon", "surel", "nomor"] as const;
export type MaskedKind = (typeof maskedKinds)[number];
export type TextPart = { masked: null; text: string } | { masked: MaskedKind };

const marker = /⟦(nik|kk|telepon|surel|nomor)⟧/g;

/** Splits stored text at the markers that stand where personal data was removed at ingest. Other brackets stay text. */
export const maskedParts = (text: string): TextPart[] =>
  text
    .split(marker)
    .map((piece, index): TextPart => (index % 2 ? { masked: piece as MaskedKind } : { masked: null, text: piece }))
    .filter((part) => part.masked !== null || part.text !== "");
