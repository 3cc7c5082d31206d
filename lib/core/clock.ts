let offsetMs = Number(process.env.GARDA_CLOCK_OFFSET_MS ?? 0);

/** The present instant. Rules and SQL receive it from here; tests move it. */
export const now = () => new Date(Date.now() + offsetMs);

/** Tests and the demo data only: moves the clock of this process to `instant`. */
export function moveClockTo(instant: Date) {
  offsetMs = instant.getTime() - Date.now();
}
