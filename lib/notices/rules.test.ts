import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Zone, zones } from "../units/calendar.ts";
import { fieldOfInstant } from "../units/local-time.ts";
import { isMailbox, nextAt, oneLine, planMail, quietUntil, retryMinutes, serverAway, settleFailedMail } from "./rules.ts";
import type { Hours } from "./types.ts";

const local = (at: Date, zone: Zone) => fieldOfInstant(at.toISOString(), zone);
const hours: Hours = { quiet: { from: "20:00", to: "06:00" }, digestAt: "07:00" };
const plan = (at: string, change: { habit?: "immediate" | "digest" | "off"; urgent?: boolean; hours?: Hours; zone?: Zone } = {}) =>
  planMail({ habit: "immediate", urgent: false, hours, zone: "Asia/Jakarta", ...change }, new Date(at));

describe("when somebody may be mailed", () => {
  it.each([
    // 10.00 in Jakarta, 11.00 in Makassar, 12.00 in Jayapura
    ["by day, at once", "2026-12-01T03:00:00Z", {}, ["2026-12-01T03:00:00.000Z", false]],
    ["19.59 in Jakarta", "2026-12-01T12:59:59Z", {}, ["2026-12-01T12:59:59.000Z", false]],
    ["20.00 in Jakarta: at 06.00, gathered", "2026-12-01T13:00:00Z", {}, ["2026-12-01T23:00:00.000Z", true]],
    ["the same instant in Makassar, 21.00", "2026-12-01T13:00:00Z", { zone: "Asia/Makassar" }, ["2026-12-01T22:00:00.000Z", true]],
    ["the same in Jayapura, 22.00", "2026-12-01T13:00:00Z", { zone: "Asia/Jayapura" }, ["2026-12-01T21:00:00.000Z", true]],
    ["05.59 in Jakarta", "2026-12-01T22:59:00Z", {}, ["2026-12-01T23:00:00.000Z", true]],
    ["06.00 in Jakarta", "2026-12-01T23:00:00Z", {}, ["2026-12-01T23:00:00.000Z", false]],
    ["02.00, but urgent", "2026-12-01T19:00:00Z", { urgent: true }, ["2026-12-01T19:00:00.000Z", false]],
    ["02.00 without quiet hours", "2026-12-01T19:00:00Z", { hours: { ...hours, quiet: null } }, ["2026-12-01T19:00:00.000Z", false]],
    ["a digest, at 07.00 of the next day", "2026-12-01T03:00:00Z", { habit: "digest" }, ["2026-12-02T00:00:00.000Z", true]],
    [
      "a digest, urgent: he chose the digest",
      "2026-12-01T03:00:00Z",
      { habit: "digest", urgent: true },
      ["2026-12-02T00:00:00.000Z", true],
    ],
    ["a digest at 06.59", "2026-12-01T23:59:00Z", { habit: "digest" }, ["2026-12-02T00:00:00.000Z", true]],
    ["a digest in Jayapura", "2026-12-01T03:00:00Z", { habit: "digest", zone: "Asia/Jayapura" }, ["2026-12-01T22:00:00.000Z", true]],
  ] as const)("%s", (_, at, change, [after, gathered]) => {
    expect(plan(at, change)).toEqual({ state: "waiting", gathered, after: new Date(after) });
  });

  it("never, where he opted out, however urgent", () => {
    expect(plan("2026-12-01T03:00:00Z", { habit: "off", urgent: true })).toEqual({ state: "none" });
  });
});

const instants = fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((n) => String(n).padStart(2, "0")).join(":"));
const anyZone = fc.constantFrom(...zones);

describe("for every clock", () => {
  it("the next 07.00 is 07.00 there, ahead, and within a day", () => {
    fc.assert(
      fc.property(instants, times, anyZone, (at, time, zone) => {
        const next = nextAt(time, zone, at);
        expect(local(next, zone).slice(11)).toBe(time);
        expect(next.getTime()).toBeGreaterThan(at.getTime());
        expect(next.getTime() - at.getTime()).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });

  it("quiet hours end when they said, and no mail that can wait is planned inside them", () => {
    fc.assert(
      fc.property(instants, times, times, anyZone, (at, from, to, zone) => {
        const end = quietUntil({ from, to }, zone, at);
        const clock = local(at, zone).slice(11);
        const inside = from === to ? false : from < to ? clock >= from && clock < to : clock >= from || clock < to;
        expect(end !== null).toBe(inside);
        if (end) expect(local(end, zone).slice(11)).toBe(to);
        const planned = planMail({ habit: "immediate", urgent: false, hours: { quiet: { from, to }, digestAt: "07:00" }, zone }, at);
        if (planned.state === "waiting") expect(quietUntil({ from, to }, zone, planned.after)).toBeNull();
      }),
    );
  });

  it("nothing is planned for the past, and what is urgent is never later than what is not", () => {
    fc.assert(
      fc.property(instants, times, times, anyZone, fc.constantFrom("immediate", "digest"), (at, from, to, zone, habit) => {
        const choices = { habit: habit as "immediate" | "digest", hours: { quiet: { from, to }, digestAt: from }, zone };
        const [calm, urgent] = [false, true].map((is) => planMail({ ...choices, urgent: is }, at));
        if (calm?.state !== "waiting" || urgent?.state !== "waiting") throw new Error("not planned");
        expect(urgent.after.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(calm.after.getTime()).toBeGreaterThanOrEqual(urgent.after.getTime());
      }),
    );
  });
});

describe("a mail that did not go", () => {
  const at = new Date("2026-12-01T03:00:00Z");
  it.each([
    ["nobody there", { code: "ESOCKET", command: "CONN" }, true, "waiting", "unreachable"],
    ["a wrong password", { code: "EAUTH", responseCode: 535, command: "AUTH PLAIN" }, true, "waiting", "smtp-535"],
    ["a sender that is not taken", { code: "EENVELOPE", responseCode: 550, command: "MAIL FROM" }, true, "waiting", "smtp-550"],
    ["an unknown recipient", { code: "EENVELOPE", responseCode: 550, command: "RCPT TO" }, false, "failed", "smtp-550"],
    ["a full box", { code: "EENVELOPE", responseCode: 452, command: "RCPT TO" }, false, "waiting", "smtp-452"],
    ["a refused content", { code: "EMESSAGE", responseCode: 554, command: "DATA" }, false, "failed", "smtp-554"],
    ["a recipient that the library will not send to", { code: "EENVELOPE", command: "API" }, false, "failed", "not-sendable"],
  ] as const)("%s", (_, failure, away, state, problem) => {
    expect(serverAway(failure)).toBe(away);
    expect(settleFailedMail(failure, 1, at)).toMatchObject({ state, problem });
  });

  it("is tried after 1, 5, 15 minutes, 1, 3, 6 and 12 hours, then given up", () => {
    const away = { code: "ESOCKET", command: "CONN" };
    const waits = retryMinutes.map((_, index) => {
      const settled = settleFailedMail(away, index + 1, at);
      return settled.state === "waiting" ? (settled.after.getTime() - at.getTime()) / 60_000 : null;
    });
    expect(waits).toEqual([1, 5, 15, 60, 180, 360, 720]);
    expect(settleFailedMail(away, retryMinutes.length + 1, at)).toEqual({ state: "failed", problem: "unreachable" });
  });
});

it.each(["ani@tegal.go.id", "ani.lestari+uji@dinkes.tegalkab.go.id"])("%s is a mailbox", (address) =>
  expect(isMailbox(address)).toBe(true),
);
it.each(["", "ani", "a@b", "a@b.c,d@e.f", "a b@c.id", "a@c.id\n", "Ani <a@c.id>", '"a"@c.id', "a@c.id;x@y.id", "a@@c.id", "a@c.id\u0000"])(
  "%j is none",
  (address) => expect(isMailbox(address)).toBe(false),
);

it("one line of a header has no control character, whatever it was made of", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
  expect(oneLine("Dinkes\r\nBcc: x@y.id")).toBe("Dinkes Bcc: x@y.id");
});
