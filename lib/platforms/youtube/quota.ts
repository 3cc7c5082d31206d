const zone = "America/Los_Angeles";
const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
const hours = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" });

/** When Google's daily quota begins anew: the next midnight in California. Source: YouTube Data API, "Quota usage". */
export function nextQuotaDay(now: Date): Date {
  const [year = 0, month = 1, day = 1] = parts.format(now).split("-").map(Number);
  // Midnight there is 7 or 8 o'clock in UTC, as summer time has it.
  const [summer, winter] = [7, 8].map((hour) => new Date(Date.UTC(year, month - 1, day + 1, hour)));
  return Number(hours.format(summer)) === 0 ? summer! : winter!;
}
