import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CauseFacts, causes, inferCauses, standingCauses } from "./cause-rules.ts";

const facts = (change: Partial<CauseFacts>): CauseFacts => ({
  account: { refused: null, endedOn: null },
  admins: 1,
  lastAdminLeftOn: null,
  lastLoginOn: "2026-11-20",
  lastPostOn: "2026-10-01",
  today: "2026-11-23",
  ...change,
});

describe("what may be the cause", () => {
  it.each([
    ["a working account, an admin who came after the last post", {}, [{ cause: "idle", evidence: { lastLoginOn: "2026-11-20" } }]],
    ["an admin who has not come since the last post, but lately", { lastPostOn: "2026-11-21" }, []],
    ["nobody logs in, but the account posts from a phone", { lastLoginOn: null, lastPostOn: "2026-11-10" }, []],
    ["no account is connected", { account: null }, [{ cause: "not_connected", evidence: {} }]],
    ["the platform says the access was withdrawn", { account: { refused: "revoked", endedOn: null } }, [{ cause: "access_lost" }]],
    [
      "the access ended of itself",
      { account: { refused: null, endedOn: "2026-10-30" } },
      [{ cause: "access_lost", evidence: { endedOn: "2026-10-30" } }],
    ],
    ["nobody ever served it", { admins: 0, lastLoginOn: null }, [{ cause: "no_operator", evidence: { admins: 0 } }]],
    [
      "the last one left",
      { admins: 0, lastLoginOn: null, lastAdminLeftOn: "2026-09-30" },
      [{ cause: "transferred", evidence: { leftOn: "2026-09-30" } }],
    ],
    ["an admin who never came", { lastLoginOn: null }, [{ cause: "no_operator", evidence: { admins: 1, lastLoginOn: null } }]],
    ["60 days without a login", { lastLoginOn: "2026-09-24", lastPostOn: "2026-09-01" }, [{ cause: "idle" }]],
    ["61 days without a login", { lastLoginOn: "2026-09-23" }, [{ cause: "no_operator", evidence: { lastLoginOn: "2026-09-23" } }]],
    [
      "access gone and nobody there",
      { account: { refused: "expired", endedOn: null }, admins: 0, lastAdminLeftOn: "2026-08-01" },
      [{ cause: "access_lost" }, { cause: "transferred" }],
    ],
  ] as const)("%s", (_, change, expected) => {
    expect(inferCauses(facts(change as Partial<CauseFacts>))).toMatchObject(expected as unknown as object[]);
  });
});

const days = fc.integer({ min: 0, max: 200 }).map((n) => new Date(Date.UTC(2026, 10, 23) - n * 86_400_000).toISOString().slice(0, 10));
const anyFacts: fc.Arbitrary<CauseFacts> = fc.record({
  account: fc.option(
    fc.record({ refused: fc.option(fc.constantFrom("expired" as const, "revoked" as const, "scope" as const)), endedOn: fc.option(days) }),
  ),
  admins: fc.nat(3),
  lastAdminLeftOn: fc.option(days),
  lastLoginOn: fc.option(days),
  lastPostOn: fc.option(days),
  today: fc.constant("2026-11-23"),
});

it("surmises no cause twice, and names idleness never while something else explains the silence", () => {
  fc.assert(
    fc.property(anyFacts, (one) => {
      const found = inferCauses(one).map(({ cause }) => cause);
      expect(new Set(found).size).toBe(found.length);
      if (found.includes("idle")) expect(found).toEqual(["idle"]);
      // What only people know is never inferred.
      for (const cause of ["lost_password", "no_decree", "other"]) expect(found).not.toContain(cause);
    }),
  );
});

it("a confirmed cause stands before a told one, and that before a surmise", () => {
  const anySaid = fc.array(fc.record({ cause: fc.constantFrom(...causes), source: fc.constantFrom("inferred", "told", "confirmed") }));
  fc.assert(
    fc.property(anySaid, (said) => {
      const shown = standingCauses(said as { cause: (typeof causes)[number]; source: "inferred" | "told" | "confirmed" }[]);
      expect(shown.length > 0).toBe(said.length > 0);
      expect(new Set(shown.map(({ source }) => source)).size).toBeLessThanOrEqual(1);
      if (said.some(({ source }) => source === "confirmed")) expect(shown[0]?.source).toBe("confirmed");
    }),
  );
});
