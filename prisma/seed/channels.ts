import { randomBytes, randomUUID } from "node:crypto";
import { sealGrant } from "#lib/channels/accounts.ts";
import { Prisma, type Tx } from "#lib/core/db.ts";
import type { Course } from "./courses.ts";
import { random } from "./random.ts";
import type { DemoUnit } from "./units.ts";

/** A unit's Facebook page, the account that its score is about. */
export type DemoChannel = {
  id: string;
  unitId: string;
  governmentId: string;
  unit: DemoUnit;
  page: string;
  followers: number;
  /** Ids and address of its next post; a number is used once on the whole platform. */
  nextPost: () => { remoteId: string; permalink: string };
};

const followersOf = { A: [6_000, 64_000], B: [1_400, 16_000], C: [420, 3_800] } as const;

/** How the world outside counts; below the numbers that the platform lab itself gives out. */
export function counters() {
  const from = (start: number, step: number) => {
    let last = start;
    return () => {
      last += step;
      return String(last);
    };
  };
  return { post: from(120_400_000_000_000, 3), comment: from(121_400_000_000_000, 7), citizen: from(24_100_000_000, 11) };
}
export type Counters = ReturnType<typeof counters>;

type Story = { unit: DemoUnit; course: Course };
type Setting = { graphUrl: string; now: Date; since: Date; counters: Counters };

/** Every unit's Facebook page under its key, and for every other unit an Instagram account that is served by hand. */
export async function fillChannels(tx: Tx, stories: readonly Story[], { graphUrl, now, since, counters }: Setting): Promise<DemoChannel[]> {
  const site = new URL(graphUrl).origin;
  const chance = random("channels");
  const ids = new Map((await tx.unit.findMany({ select: { id: true, code: true, governmentId: true } })).map((unit) => [unit.code, unit]));
  const channels = stories.map(({ unit }, index): DemoChannel => {
    const page = String(61_550_000_000_001 + index * 37);
    const number = () => {
      const next = counters.post();
      return { remoteId: `${page}_${next}`, permalink: `${site}/facebook/${page}/posts/${next}` };
    };
    const [least, most] = followersOf[unit.scoreClass];
    const { id: unitId, governmentId } = ids.get(unit.code)!;
    return {
      id: randomUUID(),
      unitId,
      governmentId,
      unit,
      page,
      followers: Math.round(least * (most / least) ** chance.next()),
      nextPost: number,
    };
  });
  const seconds = (least: number, most: number) => new Date(now.getTime() + chance.between(least, most) * 1000);
  const facebook = channels.map((channel, index) => ({
    id: channel.id,
    unit_id: channel.unitId,
    government_id: channel.governmentId,
    platform: "facebook",
    mode: "api",
    remote_id: channel.page,
    handle: channel.unit.handle,
    name: channel.unit.name,
    url: `${site}/facebook/${channel.unit.handle}`,
    base_url: graphUrl,
    is_primary: true,
    followers: channel.followers,
    comments_open: stories[index]!.course.commentsClosed !== true,
    last_ok_at: now,
    polled_until: now,
    next_poll_at: seconds(120, 600),
    sealed: sealGrant({ pageToken: `EAAG${randomBytes(30).toString("base64url")}` }),
  }));
  const instagram = channels
    .filter((_, index) => index % 2 === 1)
    .map(({ unitId, governmentId, unit }) => ({
      id: randomUUID(),
      unit_id: unitId,
      government_id: governmentId,
      platform: "instagram",
      mode: "manual",
      remote_id: unit.handle.replaceAll(".", "_"),
      handle: unit.handle.replaceAll(".", "_"),
      name: unit.name,
      base_url: "",
      is_primary: false,
      next_poll_at: now,
    }));
  await tx.$executeRaw(Prisma.sql`
    WITH given AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify([...facebook, ...instagram])}::jsonb) AS c(id uuid, unit_id uuid, government_id uuid,
      platform text, mode text, remote_id text, handle text, name text, url text, base_url text, is_primary boolean, followers int, comments_open boolean,
      last_ok_at timestamptz, polled_until timestamptz, next_poll_at timestamptz, sealed text)),
    made AS (
      INSERT INTO channel (id, unit_id, government_id, platform, mode, remote_id, handle, name, url, base_url, is_primary, followers, comments_open,
        first_seen_at, last_ok_at, polled_until, next_poll_at, created_at)
      SELECT id, unit_id, government_id, platform, mode, remote_id, handle, name, url, base_url, is_primary, followers, comments_open,
        ${since}, last_ok_at, polled_until, next_poll_at, ${since} FROM given RETURNING id)
    INSERT INTO channel_grant (channel_id, sealed, updated_at) SELECT id, sealed, ${now} FROM made JOIN given USING (id) WHERE sealed IS NOT NULL`);
  return channels;
}
