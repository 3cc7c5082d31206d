/** What likes, hides and shows a comment goes over the wire as foreign clients send it, before a recorder. */
import { Api } from "grammy";
import { expect, test } from "vitest";
import type { Account, Connector, Moderation, Platform } from "#lib/platforms/contract.ts";
import { facebookConnector } from "#lib/platforms/facebook/connector.ts";
import { instagramConnector } from "#lib/platforms/instagram/connector.ts";
import { telegramConnector } from "#lib/platforms/telegram/connector.ts";
import { threadsConnector } from "#lib/platforms/threads/connector.ts";
import { xConnector } from "#lib/platforms/x/connector.ts";
import { youtubeConnector } from "#lib/platforms/youtube/connector.ts";
import { type Listener, listen, type Received } from "../support/listener.ts";
import { metaClient, shapeOf } from "../support/meta.ts";
import { foreignClient as xClient } from "../support/x.ts";
import { foreignClient as googleClient } from "../support/youtube.ts";

const now = () => new Date();
const at = (platform: Platform, baseUrl: string, grant: Account["grant"]): Account => ({
  ...{ platform, mode: "api", remoteId: "1", handle: "pemkabtegal", baseUrl, grant },
});
const later = { refreshAfter: "2099-01-01T00:00:00.000Z", expiresAt: "2099-02-01T00:00:00.000Z" };

/** The one request that a piece of work sends. */
async function sent<T>(recorder: Listener, shape: (received: Received) => T, work: () => Promise<unknown>): Promise<T> {
  recorder.received.length = 0;
  await work();
  expect(recorder.received).toHaveLength(1);
  return shape(recorder.received[0]!);
}
const recorderOf = (body: string, status = 200) => listen(() => ({ status, type: "application/json", body }));
const acting =
  (connector: Connector, account: Account, ref: null | object = null) =>
  (action: Moderation) =>
  () =>
    connector.moderation!.act(account, { remoteId: "8_1", postRemoteId: "8", ref: ref as never }, action);
/** Method, path, query and body, as JSON where it is JSON, and whose token came along. */
const plainly = ({ method, url, headers, body }: Received) => ({
  ...{ method, url, authorization: headers.authorization },
  body: body.length > 0 ? (JSON.parse(body.toString()) as unknown) : null,
});

test("Facebook: a like and a hidden comment as Meta's own client sends them", async ({ onTestFinished }) => {
  const recorder = await recorderOf('{"success":true}');
  onTestFinished(() => recorder.close());
  const act = acting(facebookConnector({ app: null, version: "v26.0", now }), at("facebook", recorder.url, { pageToken: "t" }));
  const theirs = () => metaClient(recorder.url, "Comment", "8_1", "t");
  expect(await sent(recorder, shapeOf, act("like"))).toEqual(await sent(recorder, shapeOf, () => theirs().createLike([], {})));
  for (const [action, is_hidden] of [
    ["hide", true],
    ["unhide", false],
  ] as const)
    expect(await sent(recorder, shapeOf, act(action))).toEqual(await sent(recorder, shapeOf, () => theirs().update([], { is_hidden })));
});

test("Instagram: a hidden comment as Meta's own client sends it; Threads: as its documents write it", async ({ onTestFinished }) => {
  const recorder = await recorderOf('{"success":true}');
  onTestFinished(() => recorder.close());
  const instagram = acting(
    instagramConnector({ app: null, version: "v26.0", now }),
    at("instagram", recorder.url, { accessToken: "t", ...later }),
  );
  const theirs = () => metaClient(recorder.url, "IGComment", "8_1", "t");
  for (const [action, hide] of [
    ["hide", true],
    ["unhide", false],
  ] as const)
    expect(await sent(recorder, shapeOf, instagram(action))).toEqual(await sent(recorder, shapeOf, () => theirs().update([], { hide })));
  const threads = acting(
    threadsConnector({ app: null, version: "v1.0", now }),
    at("threads", recorder.url, { accessToken: "t", ...later }),
  );
  expect(await sent(recorder, shapeOf, threads("hide"))).toEqual({
    ...{ method: "POST", path: "/8_1/manage_reply", query: {}, fields: { hide: "true" }, token: "t" },
  });
});

test("X: a hidden reply as twitter-api-v2 sends it", async ({ onTestFinished }) => {
  const recorder = await recorderOf('{"data":{"hidden":true}}');
  onTestFinished(() => recorder.close());
  const act = acting(xConnector({ app: null, now }), at("x", recorder.url, { accessToken: "t" }));
  const theirs = xClient(recorder.url, "t").v2;
  expect(await sent(recorder, plainly, act("hide"))).toEqual(await sent(recorder, plainly, () => theirs.hideReply("8_1", true)));
  expect(await sent(recorder, plainly, act("unhide"))).toEqual(await sent(recorder, plainly, () => theirs.hideReply("8_1", false)));
});

test("YouTube: a comment that is held back as Google's own client sends it", async ({ onTestFinished }) => {
  const recorder = await recorderOf("", 204);
  onTestFinished(() => recorder.close());
  const act = acting(youtubeConnector({ app: null, now }), at("youtube", recorder.url, { accessToken: "t" }));
  const { client, at: there } = googleClient(recorder.url, "t");
  for (const [action, moderationStatus] of [
    ["hide", "heldForReview"],
    ["unhide", "published"],
  ] as const) {
    const ours = await sent(recorder, plainly, act(action));
    expect(ours).toEqual(
      await sent(recorder, plainly, () => client.comments.setModerationStatus({ id: ["8_1"], moderationStatus }, there)),
    );
  }
});

test("Telegram: a reaction as grammY sends it", async ({ onTestFinished }) => {
  const recorder = await recorderOf('{"ok":true,"result":true}');
  onTestFinished(() => recorder.close());
  const act = acting(telegramConnector({ now, webhook: null }), at("telegram", recorder.url, { botToken: "7:t", linkedChatId: null }), {
    chatId: -100,
    messageId: 5,
  });
  const theirs = new Api("7:t", { apiRoot: recorder.url });
  expect(await sent(recorder, plainly, act("like"))).toEqual(
    await sent(recorder, plainly, () => theirs.setMessageReaction(-100, 5, [{ type: "emoji", emoji: "👍" }])),
  );
});
