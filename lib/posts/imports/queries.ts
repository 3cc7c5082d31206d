import { z } from "zod";
import { type Actor, inScope, reaches } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import type { Mode, Platform } from "../../platforms/contract.ts";
import type { Zone } from "../../units/calendar.ts";
import type { Fell, FiguresFrom } from "./rules.ts";
import { fellSchema } from "./schema.ts";

const shownPosts = 20;
const shownDays = 14;

export type AccountFigures = {
  channel: {
    id: string;
    platform: Platform;
    mode: Mode;
    name: string;
    handle: string;
    zone: Zone;
    unit: { id: string; code: string; name: string; shortName: string; governmentId: string };
  };
  manages: boolean;
  /** How many posts we know, and of how many any figure. */
  posts: number;
  withFigures: number;
  newestPost: Date | null;
  newestFigures: { at: Date; from: FiguresFrom } | null;
  recent: FiguresRow[];
  followers: { day: string; followers: number; source: FiguresFrom }[];
};
export type FiguresRow = {
  id: string;
  permalink: string | null;
  text: string;
  publishedAt: Date;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  views: number | null;
  reach: number | null;
  metricsAt: Date | null;
  metricsFrom: FiguresFrom | null;
  fell: Fell | null;
};

const figures = { likes: true, comments: true, shares: true, views: true, reach: true } as const;

/** What is known of an account's posts and figures, and where it came from: the newest posts and the newest days. */
export async function accountFigures(actor: Actor, channelId: string): Promise<AccountFigures> {
  if (!z.uuid().safeParse(channelId).success) throw new Refusal("not-found");
  const channel = await db.channel.findFirst({
    where: { AND: [{ id: channelId, state: { not: "disconnected" } }, inScope(actor, "channel.read")] },
    select: {
      ...{ id: true, platform: true, mode: true, name: true, handle: true },
      unit: { select: { id: true, code: true, name: true, shortName: true, governmentId: true, zone: true } },
    },
  });
  if (!channel) throw new Refusal("not-found");
  const [posts, withFigures, newest, measured, recent, followers] = await Promise.all([
    db.remotePost.count({ where: { channelId } }),
    db.remotePost.count({ where: { channelId, metricsAt: { not: null } } }),
    db.remotePost.findFirst({ where: { channelId }, orderBy: { publishedAt: "desc" }, select: { publishedAt: true } }),
    db.remotePost.findFirst({
      where: { channelId, metricsAt: { not: null } },
      orderBy: { metricsAt: "desc" },
      select: { metricsAt: true, metricsFrom: true },
    }),
    db.remotePost.findMany({
      where: { channelId },
      orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
      take: shownPosts,
      select: {
        id: true,
        permalink: true,
        text: true,
        publishedAt: true,
        ...figures,
        metricsAt: true,
        metricsFrom: true,
        figuresFell: true,
      },
    }),
    db.followerCount.findMany({ where: { channelId }, orderBy: { day: "desc" }, take: shownDays }),
  ]);
  const { zone, ...unit } = channel.unit;
  return {
    channel: { ...channel, platform: channel.platform as Platform, mode: channel.mode as Mode, zone: zone as Zone, unit },
    manages: channel.mode === "manual" && reaches(actor, "channel.manage", { unitId: unit.id, governmentId: unit.governmentId }),
    ...{ posts, withFigures },
    newestPost: newest?.publishedAt ?? null,
    newestFigures: measured?.metricsAt ? { at: measured.metricsAt, from: (measured.metricsFrom ?? "api") as FiguresFrom } : null,
    recent: recent.map(({ figuresFell, metricsFrom, ...row }) => ({
      ...row,
      metricsFrom: row.metricsAt && ((metricsFrom ?? "api") as FiguresFrom),
      fell: fellSchema.safeParse(figuresFell).data ?? null,
    })),
    followers: followers.map(({ day, followers: count, source }) => ({
      day: day.toISOString().slice(0, 10),
      followers: count,
      source: source as FiguresFrom,
    })),
  };
}
