import { noteFollowers } from "#lib/channels/followers.ts";
import type { Tx } from "#lib/core/db.ts";
import { takeInPosts } from "#lib/posts/intake.ts";
import { addDays } from "#lib/units/calendar.ts";
import { writerFor } from "./captions.ts";
import { moment } from "./days.ts";
import { random } from "./random.ts";
import { demoUnits } from "./units.ts";

const unitCode = "33.28-dinsos";
const posts = 26;
const daysBetweenPosts = 3;
const followersNow = 1_846;

/** The named agency's Instagram account is served by hand: its posts and followers came in by tables, the last of them two days ago. */
export async function fillManualAccount(tx: Tx, now: Date, lastDay: string): Promise<number> {
  const channel = await tx.channel.findFirst({
    where: { unit: { code: unitCode }, platform: "instagram", mode: "manual" },
    select: { id: true, unitId: true, governmentId: true },
  });
  const unit = demoUnits.find(({ code }) => code === unitCode);
  if (!channel || !unit) return 0;
  const chance = random("manual account");
  const write = writerFor(unit, chance);
  const told = moment(addDays(lastDay, -1), 16 * 60);
  const made = Array.from({ length: posts }, (_, index) => {
    const publishedAt = moment(addDays(lastDay, -2 - index * daysBetweenPosts), chance.between(450, 1_020));
    const reach = chance.whole(380, 1_500);
    const code = `Dgd${String(index).padStart(3, "0")}Tgl`;
    return {
      remoteId: code,
      permalink: `https://www.instagram.com/p/${code}/`,
      text: write(index % 4 === 3 ? "occasion" : "useful", index % 3 === 0, publishedAt),
      publishedAt,
      visual: index % 5 === 2 ? ("video" as const) : ("image" as const),
      hasAlt: null,
      hasLink: false,
      repost: false,
      // What the export left empty stays unknown.
      metrics: {
        likes: Math.round(reach * chance.between(0.03, 0.09)),
        comments: chance.whole(0, 14),
        shares: index % 6 === 5 ? null : chance.whole(0, 22),
        views: Math.round(reach * chance.between(1.1, 1.9)),
        reach: index % 7 === 6 ? null : reach,
      },
    };
  });
  const ids = await takeInPosts(
    tx,
    channel,
    made.filter(({ publishedAt }) => publishedAt < now),
    { at: told, from: "file" },
  );
  const days = Array.from({ length: 84 }, (_, back) => ({
    day: addDays(lastDay, -1 - back),
    followers: followersNow - back * 3 + (back % 5),
  }));
  await noteFollowers(tx, channel.id, "file", days);
  return ids.length;
}
