import type { Tx } from "#lib/core/db.ts";
import { takeInPosts } from "#lib/posts/intake.ts";
import { addDays } from "#lib/units/calendar.ts";
import { writerFor } from "./captions.ts";
import { moment } from "./days.ts";
import { random } from "./random.ts";
import { demoUnits } from "./units.ts";

/**
 * Further accounts that somebody began and left: their last posts were recorded by hand, months ago. Of every fourth nothing was
 * ever recorded, so that nothing is known of it.
 */
export async function fillLeftAccounts(tx: Tx, lastDay: string): Promise<number> {
  const channels = await tx.channel.findMany({
    where: { mode: "manual", isPrimary: false, remotePosts: { none: {} } },
    select: { id: true, unitId: true, governmentId: true, unit: { select: { code: true } } },
    orderBy: { unit: { code: "asc" } },
  });
  let made = 0;
  for (const [index, { unit, ...channel }] of channels.entries()) {
    const of = demoUnits.find(({ code }) => code === unit.code);
    if (!of || index % 4 === 3) continue;
    const chance = random(`left account ${unit.code}`);
    const write = writerFor(of, chance);
    const silent = chance.whole(45, 150);
    const posts = [0, 4, 9].map((earlier) => {
      const publishedAt = moment(addDays(lastDay, -silent - earlier), chance.between(450, 1_020));
      const code = `Dga${String(index).padStart(3, "0")}${earlier}`;
      return {
        remoteId: code,
        permalink: `https://www.instagram.com/p/${code}/`,
        text: write("useful", false, publishedAt),
        publishedAt,
        visual: "image" as const,
        hasAlt: null,
        hasLink: false,
        repost: false,
        metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
      };
    });
    made += (await takeInPosts(tx, channel, posts, { at: posts[0]!.publishedAt, from: "hand" })).length;
  }
  return made;
}
