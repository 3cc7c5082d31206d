const numbers = new Intl.NumberFormat("id-ID");
const times = new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Jakarta" });
/** A whole number with Indonesian separators. */
export const formatCount = (count: number): string => numbers.format(count);
/** An instant as people in western Indonesia read it. */
export const formatTime = (ms: number): string => `${times.format(ms)} WIB`;
