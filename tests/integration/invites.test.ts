/** Invitations to stand as an author of somebody's post: read, answered once, and gone when they are withdrawn. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealGrant } from "#lib/channels/accounts.ts";
import { answerInvite, takeInAllInvites } from "#lib/channels/invites.ts";
import { openInvites } from "#lib/channels/queries.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { jpeg } from "../support/instagram.ts";
import { type Listener, listen } from "../support/listener.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

const ours = { id: "17841400000000001", username: "dinkestegal", token: "IGAA-dinkes" };
const theirs = { id: "17841400000000002", username: "pemkabtegal", token: "IGAA-pemkab" };
let world: World;
let pictures: Listener;
const channelId = crypto.randomUUID();

beforeAll(async () => {
  world = await makeWorld();
  pictures = await listen(() => ({ type: "image/jpeg", body: jpeg }));
  await world.lab.seed({ platform: "instagram", accounts: [ours, theirs].map((one) => ({ ...one, name: one.username })) });
  const login = { baseUrl: `${world.lab.url}/ig`, identifier: ours.username, secret: ours.token };
  const { grant } = await connectorFor("instagram", "api").connect!(login);
  const { id: unitId, governmentId } = world.units.dinkes;
  const place = { id: channelId, unitId, governmentId, platform: "instagram", mode: "api", remoteId: ours.id, handle: ours.username };
  await db.channel.create({
    data: {
      ...{ ...place, name: "Dinkes", baseUrl: `${world.lab.url}/ig`, firstSeenAt: now(), nextPollAt: new Date("2999-01-01") },
      grant: { create: { sealed: sealGrant(grant), updatedAt: now() } },
    },
  });
});
afterAll(async () => {
  await pictures?.close();
  await world?.stop();
});

/** The other account publishes a picture and invites ours to it. */
async function invite(caption: string): Promise<void> {
  const graph = async (path: string, body: Record<string, string>) => {
    const headers = { authorization: `Bearer ${theirs.token}` };
    const answer = await fetch(`${world.lab.url}/ig/v26.0/${path}`, { method: "POST", headers, body: new URLSearchParams(body) });
    return (await answer.json()) as { id?: string };
  };
  const collaborators = JSON.stringify([ours.username]);
  const { id: creation_id = "" } = await graph(`${theirs.id}/media`, { image_url: `${pictures.url}/foto`, caption, collaborators });
  for (let published: { id?: string } = {}; published.id === undefined; ) {
    await world.passTime(5_000);
    published = await graph(`${theirs.id}/media_publish`, { creation_id });
  }
}
const unit = async () => ({ ...world.units.dinkes, shortName: "Dinkes", name: "Dinkes", kind: "agency" }) as never;
const open = async (actor = world.people.admin) =>
  (await openInvites(actor, await unit())).map(({ id, fromName, text }) => ({ id, fromName, text }));

test("an invitation is read once, and accepting it is told to the platform", async () => {
  await invite("Posyandu serentak se-kabupaten");
  await takeInAllInvites();
  await takeInAllInvites();
  const [first, ...others] = await open();
  expect(others).toEqual([]);
  expect(first).toMatchObject({ fromName: expect.stringContaining(theirs.username), text: "Posyandu serentak se-kabupaten" });
  const inviteId = first!.id;
  expect(await open(world.people.farAdmin)).toEqual([]);
  expect(await refusalOf(answerInvite(world.people.farAdmin, { inviteId, accept: true }))).toBe("not-found");
  expect(await answerInvite(world.people.admin, { inviteId, accept: true })).toEqual({ ok: true });
  expect(await refusalOf(answerInvite(world.people.admin, { inviteId, accept: false }))).toBe("stale");
  await takeInAllInvites();
  expect(await open()).toEqual([]);
  expect(await db.collaborationInvite.findMany({ select: { state: true, answeredBy: true } })).toEqual([
    { state: "accepted", answeredBy: world.people.admin.personId },
  ]);
});

test("one that the platform does not take an answer to stays as it is, and one declined is gone", async () => {
  await invite("Lomba video pendek");
  await takeInAllInvites();
  const inviteId = (await open())[0]!.id;
  await world.lab.fault({ platform: "instagram", endpoint: "POST collaboration_invites", fault: "500-before" });
  const refused = await answerInvite(world.people.admin, { inviteId, accept: false });
  expect(refused).toMatchObject({ ok: false, problems: [{ code: expect.stringMatching(/^invite-/) }] });
  expect(await open()).toHaveLength(1);
  expect(await answerInvite(world.people.admin, { inviteId, accept: false })).toEqual({ ok: true });
  await takeInAllInvites();
  expect(await open()).toEqual([]);
});
