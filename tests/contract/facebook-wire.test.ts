/** What goes over the wire to Facebook: our connector beside Meta's own client, before a recorder. */
import { expect, test } from "vitest";
import type { Content } from "#lib/platforms/contract.ts";
import { facebookConnector } from "#lib/platforms/facebook/connector.ts";
import { commentFields, insightFields, postFields, profileFields } from "#lib/platforms/facebook/transform.ts";
import { clip } from "../support/clips.ts";
import { accountOf, bare, failure, page } from "../support/facebook.ts";
import { listen } from "../support/listener.ts";
import { metaClient, shapeOf } from "../support/meta.ts";

const connector = facebookConnector({ app: null, version: "v26.0", now: () => new Date(), pause: async () => undefined });

test("what goes over the wire is what Meta's own client sends", async ({ onTestFinished }) => {
  const size = clip("wide").bytes;
  const recorder = await listen(({ method, url, body }) => {
    const phase = /upload_phase[="\r\n ]+(start|transfer|finish)/.exec(body.toString("latin1"))?.[1];
    const ended = { start_offset: String(size), end_offset: String(size) };
    const answers: Record<string, object> = {
      start: { video_id: "77", upload_session_id: "5", start_offset: "0", end_offset: String(size), upload_url: `${recorder.url}/up/77` },
      transfer: ended,
      finish: { success: true },
    };
    const video = { success: true, post_id: "9", status: { uploading_phase: { status: "complete" } } };
    const listed = method === "GET" && /\/(feed|comments)\?/.test(url);
    const told = listed ? { data: [] } : { id: page, name: "Pemkab", permalink_url: "https://www.facebook.com/x", ...video };
    return { type: "application/json", body: JSON.stringify(phase ? answers[phase] : told) };
  });
  onTestFinished(() => recorder.close());
  const recorded = async (work: () => Promise<unknown>) => {
    recorder.received.length = 0;
    await work();
    return recorder.received.map(shapeOf);
  };
  const account = accountOf(recorder.url, "t");
  const publish = (more: Partial<Content>) =>
    connector.publish(account, { ...bare("Halo"), ...more }, { stage: "new", at: null, data: {} }, async () => undefined);
  const theirs = (kind: Parameters<typeof metaClient>[1], id: string) => metaClient(recorder.url, kind, id, "t");
  const permalink = (id: string) => theirs("PagePost", id).get(["permalink_url"]);

  expect(await recorded(() => connector.fetchProfile(account)), "the page").toEqual(
    await recorded(() => theirs("Page", page).get(profileFields.split(","))),
  );
  expect(await recorded(() => publish({ link: "https://tegalkab.go.id" })), "a post with a link").toEqual(
    await recorded(async () => {
      await theirs("Page", page).createFeed([], { message: "Halo", link: "https://tegalkab.go.id" });
      await permalink(page);
    }),
  );
  const [first] = await recorded(() => publish({ replyTo: { remoteId: "8_1", postRemoteId: "8", ref: null } }));
  expect([first], "an answer").toEqual(await recorded(() => theirs("Comment", "8_1").createComment([], { message: "Halo" })));
  const [under] = await recorded(() => publish({ replyTo: { remoteId: "7_8", postRemoteId: "7_8", ref: null } }));
  expect([under], "a first comment").toEqual(await recorded(() => theirs("PagePost", "7_8").createComment([], { message: "Halo" })));

  const [start, , finish] = await recorded(() => publish({ video: clip("wide") }));
  expect([start, finish], "a video").toEqual(
    await recorded(async () => {
      await theirs("Page", page).createVideo([], { upload_phase: "start", file_size: size });
      await theirs("Page", page).createVideo([], { upload_phase: "finish", upload_session_id: "5", description: "Halo" });
    }),
  );
  const reel = await recorded(() => publish({ video: clip("vertical", { publicUrl: "https://garda.contoh.id/v.mp4" }) }));
  expect(recorder.received[1]?.headers).toMatchObject({ authorization: "OAuth t", file_url: "https://garda.contoh.id/v.mp4" });
  expect([reel[0], reel[2], reel[3]], "a reel").toEqual(
    await recorded(async () => {
      await theirs("Page", page).createVideoReel([], { upload_phase: "start" });
      // The client reads no videos; an object is read the same way whatever it is.
      await theirs("PagePost", "77").get(["status", "post_id"]);
      const finish = { upload_phase: "finish", video_id: "77", video_state: "PUBLISHED", description: "Halo" };
      await theirs("Page", page).createVideoReel([], finish);
    }),
  );
  const since = new Date("2026-01-02T03:04:05Z");
  const seconds = String(since.getTime() / 1000);
  expect(await recorded(() => connector.fetchPosts(account, since)), "the posts").toEqual(
    await recorded(() => theirs("Page", page).getFeed([postFields, insightFields], { since: seconds, limit: "100" })),
  );
  expect(await recorded(() => connector.fetchComments(account, since, ["7_8"])), "the comments").toEqual(
    await recorded(() =>
      theirs("PagePost", "7_8").getComments([commentFields], { filter: "stream", order: "chronological", since: seconds, limit: "100" }),
    ),
  );
});

test("the token goes to no upload address but Facebook's own", async ({ onTestFinished }) => {
  const elsewhere = await listen(() => ({ type: "application/json", body: '{"success":true}' }));
  const recorder = await listen(() => ({
    type: "application/json",
    body: JSON.stringify({ video_id: "77", upload_url: `${elsewhere.url}/up/77` }),
  }));
  onTestFinished(async () => {
    await recorder.close();
    await elsewhere.close();
  });
  const content = { ...bare("Halo"), video: clip("vertical", { publicUrl: "https://garda.contoh.id/v.mp4" }) };
  const attempt = connector.publish(accountOf(recorder.url, "t"), content, { stage: "new", at: null, data: {} }, async () => undefined);
  expect(await failure(attempt)).toEqual({ kind: "rejected", code: "unexpected-answer" });
  expect(elsewhere.received).toEqual([]);
});
