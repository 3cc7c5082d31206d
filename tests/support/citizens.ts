/** What citizens write, on the platform and as a connector hands it in, and how the product looks at it. */
import { expect } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { claimPolls, pollChannel } from "#lib/inbox/intake/polling.ts";
import type { RemoteComment } from "#lib/platforms/contract.ts";
import { page, type World } from "./world.ts";

export const question = "Pak, jam berapa loket imunisasi di puskesmas buka?";
export const minute = 60_000;
export const ago = (minutes: number) => new Date(now().getTime() - minutes * minute);
let number = 0;

/** A post on the page, made from a phone. */
export async function phonePost(world: World): Promise<string> {
  number += 1;
  return (await world.graph<{ id: string }>(`${page.id}/feed`, { message: `Unggahan dari ponsel nomor ${number}` })).id;
}

/** A comment as a connector hands it in, of a person and with an id of its own. */
export function comment(change: Partial<RemoteComment> = {}): RemoteComment {
  number += 1;
  return {
    remoteId: `900_${number}`,
    postRemoteId: `${page.id}_900`,
    parentRemoteId: null,
    author: { remoteId: `warga-${number}`, name: `Warga ${number}` },
    text: question,
    sentAt: ago(10),
    own: false,
    ref: null,
    ...change,
  };
}

export const ownReply = (to: RemoteComment, sentAt: Date) =>
  comment({
    parentRemoteId: to.remoteId,
    own: true,
    text: "Setiap Senin pukul 08.00",
    sentAt,
    author: { remoteId: page.id, name: "Dinkes" },
  });

/** The one case that begins with this comment. */
export const caseOf = (root: { remoteId: string }) =>
  db.inboxCase.findFirstOrThrow({
    where: { rootRemoteId: root.remoteId },
    include: { duties: { orderBy: { openedAt: "asc" } }, units: true },
  });
export const messagesOf = (caseId: string) => db.message.findMany({ where: { caseId }, orderBy: { id: "asc" } });

/** One look at an account, now. */
export async function poll({ id }: { id: string }) {
  await db.channel.updateMany({ data: { nextPollAt: new Date("2999-01-01") } });
  await db.channel.update({ where: { id }, data: { nextPollAt: ago(1), pollLeaseUntil: null } });
  const [due] = await claimPolls(5);
  if (due?.id !== id) throw new Error("the channel was not due");
  await pollChannel(due);
  expect(await db.channel.findUniqueOrThrow({ where: { id } })).toMatchObject({ lastProblem: null, pollLeaseUntil: null });
}
