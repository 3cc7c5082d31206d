import type { Reach } from "#lib/core/access.ts";
import { Prisma, type Tx } from "#lib/core/db.ts";
import type { Role } from "#lib/core/roles.ts";
import { hashPassword } from "#lib/people/password.ts";
import { fullNames } from "./names.ts";
import { random } from "./random.ts";
import { ministryCode } from "./regions.ts";
import { type DemoUnit, governments } from "./units.ts";

export const demoPassword = "garda-demo-2026";

type Grant = { unit: string; role: Role; reach: Reach };
type PersonRow = { name: string; email: string; grants: Grant[] };

const tegal = governments.tegal;
const bintan = governments.bintan;
const code = {
  dinsos: `${tegal}-dinsos`,
  diskominfo: `${tegal}-diskominfo`,
  inspektorat: `${tegal}-inspektorat`,
  bintan: `${bintan}-diskominfo`,
};
const own = (unit: string, role: Role): Grant => ({ unit, role, reach: "own" });

/** Agencies with a second person, who verifies there; for every other one a verifier of Diskominfo is named. */
const ownVerifier = new Set(
  ["setda", "dinkes", "disdukcapil", "rsud-dr-soeselo", "rsud-suradadi", "dikbud", "dpmptsp", "bapenda", "dpu"].map(
    (slug) => `${tegal}-${slug}`,
  ),
);

/** The people whom the accounts file names, by what they are for. */
export const named = {
  admin: { name: "Rina Wulandari", email: "rina@dinsos.tegal.garda.example" },
  verifier: { name: "Agus Priyono", email: "agus@diskominfo.tegal.garda.example" },
  deputy: { name: "Yuni Astuti", email: "yuni@diskominfo.tegal.garda.example" },
  head: { name: "Hendra Saputra", email: "hendra@diskominfo.tegal.garda.example" },
  supervisor: { name: "Retno Palupi", email: "retno@diskominfo.tegal.garda.example" },
  analyst: { name: "Arya Mahendra", email: "arya@puspen.kemendagri.garda.example" },
  auditor: { name: "Sulastri Ningsih", email: "sulastri@inspektorat.tegal.garda.example" },
  regionAdmin: { name: "Fahmi Alatas", email: "fahmi@diskominfo.tegal.garda.example" },
  ministryAdmin: { name: "Larasati Widodo", email: "larasati@kemendagri.garda.example" },
};

function cast(units: readonly DemoUnit[]): PersonRow[] {
  const inTegal = units.filter((unit) => unit.region === "tegal");
  const forOthers = inTegal.filter((unit) => !ownVerifier.has(unit.code)).map((unit) => own(unit.code, "verifier"));
  const known: PersonRow[] = [
    { ...named.admin, grants: [own(code.dinsos, "admin")] },
    { ...named.verifier, grants: forOthers },
    { ...named.deputy, grants: forOthers },
    { ...named.head, grants: [{ unit: tegal, role: "head", reach: "government" }] },
    { ...named.supervisor, grants: [{ unit: tegal, role: "supervisor", reach: "government" }] },
    { ...named.analyst, grants: [{ unit: ministryCode, role: "analyst", reach: "subtree" }] },
    { ...named.auditor, grants: [{ unit: tegal, role: "auditor", reach: "government" }] },
    { ...named.regionAdmin, grants: [{ unit: tegal, role: "system_admin", reach: "government" }] },
    { ...named.ministryAdmin, grants: [{ unit: ministryCode, role: "system_admin", reach: "subtree" }] },
  ];
  const names = fullNames();
  const another = (box: string, host: DemoUnit, grants: Grant[]): PersonRow => ({
    name: names.next().value as string,
    email: `${box}@${hostOf(host)}`,
    grants,
  });
  const adminOf = (unit: DemoUnit) => another("admin", unit, [own(unit.code, "admin")]);
  const components = units.filter(({ region }) => region === "kemendagri");
  const admins = units.filter((unit) => unit.code !== code.dinsos && !components.includes(unit)).map(adminOf);
  const verifiers = units
    .filter((unit) => ownVerifier.has(unit.code))
    .map((unit) => another("verifikator", unit, [own(unit.code, "verifier")]));
  const office = units.find((unit) => unit.code === code.bintan)!;
  const inBintan = units.filter((unit) => unit.region === "bintan").map((unit) => own(unit.code, "verifier"));
  return [
    ...known,
    ...admins,
    ...verifiers,
    another("verifikator", office, inBintan),
    another("kepala", office, [{ unit: bintan, role: "head", reach: "government" }]),
    ...components.map(adminOf),
    another(
      "verifikator",
      components[0]!,
      components.map((unit) => own(unit.code, "verifier")),
    ),
  ];
}

const hostOf = (unit: DemoUnit) => `${unit.handle.replace(/\.(kab(tegal|bintan)|kemendagri)$/, "")}.${unit.region}.garda.example`;

/** Birth date, month of appointment, sex, number: the form of a NIP, of nobody. */
function inventedNip(index: number): string {
  const { whole } = random(`nip ${index}`);
  const two = (n: number) => String(n).padStart(2, "0");
  const born = whole(1972, 1996);
  return `${born}${two(whole(1, 12))}${two(whole(1, 28))}${born + whole(23, 28)}${two(whole(1, 12))}${whole(1, 2)}${String(index).padStart(3, "0")}`;
}

/** Everybody in the demo with their roles since `since`; all have one password, hashed once. */
export async function fillPeople(tx: Tx, units: readonly DemoUnit[], since: Date): Promise<number> {
  const people = cast(units).map((person, index) => ({ ...person, nip: inventedNip(index) }));
  const passwordHash = await hashPassword(demoPassword);
  await tx.$executeRaw(Prisma.sql`
    WITH given AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS p(name text, email text, nip text, grants jsonb)),
    made AS (
      INSERT INTO person (email, nip, name, password_hash, created_at)
      SELECT email, nip, name, ${passwordHash}, ${since} FROM given RETURNING id, email)
    INSERT INTO role_grant (person_id, unit_id, role, reach, valid_from)
    SELECT made.id, u.id, g.role, g.reach, ${since} FROM made JOIN given USING (email)
      CROSS JOIN LATERAL jsonb_to_recordset(given.grants) AS g(unit text, role text, reach text) JOIN unit u ON u.code = g.unit`);
  return people.length;
}
