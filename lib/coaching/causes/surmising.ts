import { now } from "../../core/clock.ts";
import { Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import { type CauseFacts, inferCauses } from "./cause-rules.ts";

type Row = {
  unitId: string;
  governmentId: string;
  connected: boolean;
  state: string | null;
  problem: string | null;
  endedOn: string | null;
  admins: number;
  lastAdminLeftOn: string | null;
  lastLoginOn: string | null;
  lastPostOn: string | null;
  today: string;
};

/** What the product sees of the units in a spell or with a case, in one statement; days are those of the unit. */
const factsOf = (tx: Tx, at: Date, only: string | null) =>
  tx.$queryRaw<Row[]>(Prisma.sql`
  SELECT u.id AS "unitId", u.government_id AS "governmentId", c.id IS NOT NULL AS connected, c.state, c.last_problem->>'code' AS problem,
    CASE WHEN g.expires_at <= ${at} THEN (g.expires_at AT TIME ZONE u.zone)::date::text END AS "endedOn",
    served.admins, served.left_on AS "lastAdminLeftOn", served.login_on AS "lastLoginOn",
    (SELECT (max(r.published_at) AT TIME ZONE u.zone)::date::text FROM remote_post r WHERE r.channel_id = c.id AND r.removed_at IS NULL) AS "lastPostOn",
    (${at} AT TIME ZONE u.zone)::date::text AS today
  FROM unit u
  LEFT JOIN channel c ON c.unit_id = u.id AND c.is_primary AND c.state <> 'disconnected'
  LEFT JOIN channel_grant g ON g.channel_id = c.id
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT a.person_id) FILTER (WHERE here)::int AS admins,
      (max(least(a.valid_to, p.disabled_at)) FILTER (WHERE NOT here) AT TIME ZONE u.zone)::date::text AS left_on,
      (max((SELECT max(s.created_at) FROM session s WHERE s.person_id = a.person_id AND s.created_at <= ${at})) FILTER (WHERE here) AT TIME ZONE u.zone)::date::text AS login_on
    FROM role_grant a JOIN person p ON p.id = a.person_id
    CROSS JOIN LATERAL (SELECT (a.valid_to IS NULL OR a.valid_to > ${at}) AND (p.disabled_at IS NULL OR p.disabled_at > ${at}) AS here) now
    WHERE a.unit_id = u.id AND a.role = 'admin' AND a.valid_from <= ${at}) served
  WHERE ${
    only
      ? Prisma.sql`u.id = ${only}::uuid`
      : Prisma.sql`u.id IN (SELECT unit_id FROM dormancy_spell WHERE ended_on IS NULL UNION SELECT unit_id FROM coaching_case WHERE state <> 'closed')`
  }`);

const refusals: Record<string, "expired" | "scope"> = { "reauth-expired": "expired", "reauth-scope": "scope" };

const asFacts = ({ connected, state, problem, endedOn, unitId: _, governmentId: __, ...rest }: Row): CauseFacts => ({
  ...rest,
  account: connected ? { refused: state === "needs_reauth" ? (refusals[problem ?? ""] ?? "revoked") : null, endedOn } : null,
});

/** Says anew what may be the causes of all silence (or of one unit's): what holds no more is superseded, its evidence kept up to date. */
export async function renewSurmises(tx: Tx, only: string | null = null) {
  const at = now();
  const rows = await factsOf(tx, at, only);
  const found = rows.flatMap((row) =>
    inferCauses(asFacts(row)).map(({ cause, evidence }) => ({ unit_id: row.unitId, government_id: row.governmentId, cause, evidence })),
  );
  const given = recordset(found, "unit_id uuid, government_id uuid, cause text, evidence jsonb");
  await tx.$executeRaw(Prisma.sql`
    UPDATE dormancy_cause c SET superseded_at = ${at} WHERE c.source = 'inferred' AND c.superseded_at IS NULL
      AND c.unit_id = ANY(${rows.map(({ unitId }) => unitId)}::uuid[]) AND NOT EXISTS (SELECT FROM ${given} WHERE x.unit_id = c.unit_id AND x.cause = c.cause)`);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO dormancy_cause AS c (unit_id, government_id, cause, source, evidence, said_at)
    SELECT unit_id, government_id, cause, 'inferred', evidence, ${at} FROM ${given}
    ON CONFLICT (unit_id, source, cause) WHERE superseded_at IS NULL DO UPDATE SET evidence = EXCLUDED.evidence WHERE c.evidence <> EXCLUDED.evidence`);
}
