/** What goes over the wire to Instagram: our connector beside Meta's own client, before a recorder. */
import { expect, test } from "vitest";
import type { Account, Content } from "#lib/platforms/contract.ts";
import { instagramConnector } from "#lib/platforms/instagram/connector.ts";
import { commentFields, insightFields, mediaFields, profileFields } from "#lib/platforms/instagram/transform.ts";
import { clip } from "../support/clips.ts";
import { bare, pictureFrom } from "../support/instagram.ts";
import { listen } from "../support/listener.ts";
import { metaClient, shapeOf } from "../support/meta.ts";

const connector = instagramConnector({ app: null, version: "v26.0", now: () => new Date(), pause: async () => undefined });

test("what goes over the wire is what Meta's own client sends", async ({ onTestFinished }) => {
  const recorder = await listen(({ method, url }) => {
    const listed = method === "GET" && /\/(media|comments|replies|collaboration_invites)\?/.test(url);
    const status = url.includes("status_code") ? { status_code: "FINISHED" } : {};
    const told = { id: "55", user_id: "17", username: "pemkabtegal", permalink: "https://www.instagram.com/p/x/", ...status };
    return { type: "application/json", body: JSON.stringify(listed ? { data: [] } : told) };
  });
  onTestFinished(() => recorder.close());
  const recorded = async (work: () => Promise<unknown>) => {
    recorder.received.length = 0;
    await work();
    return recorder.received.map(shapeOf);
  };
  const account: Account = {
    ...{ platform: "instagram", mode: "api", remoteId: "17", handle: "pemkabtegal", baseUrl: recorder.url },
    grant: { accessToken: "t", refreshAfter: new Date().toISOString(), expiresAt: null },
  };
  const publish = (more: Partial<Content>) =>
    connector.publish(account, { ...bare("Halo"), ...more }, { stage: "new", at: null, data: {} }, async () => undefined);
  const theirs = (kind: Parameters<typeof metaClient>[1], id: string) => metaClient(recorder.url, kind, id, "t");
  const media = async (...containers: object[]) => {
    for (const container of containers) await theirs("IGUser", "17").createMedia([], container);
    for (const _ of containers) await theirs("IGMedia", "55").get(["status_code", "status"]);
  };
  const release = async () => {
    await theirs("IGUser", "17").createMediaPublish([], { creation_id: "55" });
    await theirs("IGMedia", "55").get(["permalink"]);
  };
  const picture = pictureFrom(recorder);
  const image_url = `${recorder.url}/media/p/a`;

  expect(await recorded(() => connector.fetchProfile(account)), "the account").toEqual(
    await recorded(() => theirs("IGUser", "me").get(profileFields.split(","))),
  );
  expect(await recorded(() => publish({ pictures: [picture("a", "Loket")], collaborators: ["dinkes", "dinsos"] })), "a picture").toEqual(
    await recorded(async () => {
      await media({ image_url, alt_text: "Loket", caption: "Halo", collaborators: ["dinkes", "dinsos"] });
      await release();
    }),
  );
  const child = { image_url, is_carousel_item: true };
  expect(await recorded(() => publish({ pictures: [picture("a", ""), picture("a", "")] })), "several pictures").toEqual(
    await recorded(async () => {
      await media(child, child);
      await media({ media_type: "CAROUSEL", children: ["55", "55"], caption: "Halo" });
      await release();
    }),
  );
  const video = clip("vertical", { publicUrl: "https://garda.contoh.id/v.mp4" });
  expect(await recorded(() => publish({ video })), "a video").toEqual(
    await recorded(async () => {
      await media({ media_type: "REELS", video_url: "https://garda.contoh.id/v.mp4", share_to_feed: true, caption: "Halo" });
      await release();
    }),
  );
  expect(await recorded(() => publish({ replyTo: { remoteId: "9", postRemoteId: "8", ref: { top: null } } })), "an answer").toEqual(
    await recorded(() => theirs("IGComment", "9").createReply([], { message: "Halo" })),
  );
  expect(await recorded(() => publish({ replyTo: { remoteId: "8", postRemoteId: "8", ref: null } })), "a first comment").toEqual(
    await recorded(() => theirs("IGMedia", "8").createComment([], { message: "Halo" })),
  );
  const since = new Date("2026-01-02T03:04:05Z");
  expect(await recorded(() => connector.fetchPosts(account, since)), "the posts").toEqual(
    await recorded(() =>
      theirs("IGUser", "17").getMedia([mediaFields, insightFields], { since: String(since.getTime() / 1000), limit: "50" }),
    ),
  );
  expect(await recorded(() => connector.fetchComments(account, since, ["8"])), "the comments").toEqual(
    await recorded(() => theirs("IGMedia", "8").getComments([commentFields], { limit: "50" })),
  );
  expect(await recorded(() => connector.collaboration!.invites(account)), "the invitations").toEqual(
    await recorded(() => theirs("IGUser", "17").getCollaborationInvites([], { limit: "50" })),
  );
  expect(await recorded(() => connector.collaboration!.answer(account, "18", true)), "the answer to one").toEqual(
    await recorded(() => theirs("IGUser", "17").createCollaborationInvite([], { media_id: "18", accept: true })),
  );
});
