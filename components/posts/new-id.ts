/** A UUID of version 7, as the database makes them: ordered by time. `crypto.randomUUID` is not there on plain http. */
export function newId(ms: number, random: Uint8Array): string {
  const bytes = [...ms.toString(16).padStart(12, "0").matchAll(/../g)].map(([hex]) => Number.parseInt(hex, 16));
  const all = [...bytes, ...random.slice(0, 10)];
  all[6] = 0x70 | (all[6]! & 0x0f);
  all[8] = 0x80 | (all[8]! & 0x3f);
  return all
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export const freshId = () => newId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
