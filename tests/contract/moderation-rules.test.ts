/** What the platforms refuse to hide, and what of it their lists still tell. */
import { expect, test } from "vitest";
import type { Account, Connector } from "#lib/platforms/contract.ts";
import { xConnector } from "#lib/platforms/x/connector.ts";
import { startLab } from "../support/lab.ts";
import { connectorOf, graphOf, publishByHand, seedAccount, threadsId, threadsToken, visit } from "../support/threads.ts";
import { startX } from "../support/x.ts";
import { connect, failure, startYoutube } from "../support/youtube.ts";

const under = (postRemoteId: string, remoteId: string) => ({ remoteId, postRemoteId, ref: null });
const whole = async (connector: Connector, account: Account, post: string) =>
  (await connector.fetchComments(account, new Date(0), [post])).comments.map(({ remoteId }) => remoteId);

test("Threads hides what stands right under a post, and what answers it with it", async ({ onTestFinished }) => {
  const lab = await startLab();
  onTestFinished(() => lab.stop());
  await seedAccount(lab);
  const connector = connectorOf(`${lab.url}/threads`);
  const { act } = connector.moderation!;
  const grant = { accessToken: threadsToken, refreshAfter: "2099-01-01T00:00:00.000Z", expiresAt: null };
  const base = { platform: "threads", mode: "api", remoteId: threadsId, handle: "pemkabtegal" } as const;
  const account: Account = { ...base, baseUrl: `${lab.url}/threads`, grant };
  const post = await publishByHand(lab, "Pengumuman");
  const top = await visit(lab, post, { name: "siti", message: "Kasar" });
  const below = await visit(lab, post, { name: "budi", message: "Setuju", parent: top });
  expect(await failure(act(account, under(post, below), "hide")), "by itself").toMatchObject({ kind: "rejected" });
  await act(account, under(post, top), "hide");
  const { permalink } = await graphOf(lab)<{ permalink: string }>(`${post}?fields=permalink`);
  expect(await (await fetch(permalink)).text()).not.toMatch(/Kasar|Setuju/);
  const owners = await (await fetch(`${permalink}?sebagai=pengelola`)).text();
  expect(owners.match(/Disembunyikan/g)).toHaveLength(2);
  const statuses = await graphOf(lab)<{ data: { hide_status: string }[] }>(`${post}/conversation?fields=hide_status`);
  expect(statuses.data.map(({ hide_status }) => hide_status)).toEqual(["HIDDEN", "HIDDEN"]);
  expect(await whole(connector, account, post), "the account still reads them").toEqual([below, top]);
});

test("X hides replies in the account's own conversations alone", async ({ onTestFinished }) => {
  const lab = await startX();
  onTestFinished(() => lab.stop());
  const created_at = new Date(Date.now() - 60_000).toISOString();
  await lab.seedX({
    users: [
      { id: "1", name: "Pemkab Tegal", username: "pemkabtegal", token: "t" },
      { id: "9", name: "Siti", username: "siti" },
    ],
    tweets: [
      { author: "9", id: "100", text: "Halo", created_at },
      { author: "9", id: "101", text: "@pemkabtegal lihat", created_at, reply_to: "100" },
    ],
  });
  const { act } = xConnector({ app: null, now: () => new Date() }).moderation!;
  const account: Account = {
    platform: "x",
    mode: "api",
    remoteId: "1",
    handle: "pemkabtegal",
    baseUrl: lab.api,
    grant: { accessToken: "t" },
  };
  expect(await failure(act(account, under("100", "101"), "hide"))).toMatchObject({ kind: "rejected", code: "not-permitted" });
});

test("YouTube lists a comment no more while it is held, and comments under others' videos stay as they are", async ({ onTestFinished }) => {
  const lab = await startYoutube();
  onTestFinished(() => lab.stop());
  const at = new Date(Date.now() - 60_000).toISOString();
  const channel = (id: string, handle: string, token: string) => ({ id, title: handle, handle, token, subscribers: 1 });
  await lab.seedYoutube({
    channels: [channel("UCsatu", "satu", "t1"), channel("UCdua", "dua", "t2"), { id: "UC9", title: "Siti", handle: "siti" }],
    videos: [{ channel: "UCsatu", id: "video-satu1", title: "Satu", created_at: at }],
    comments: [{ video: "video-satu1", id: "Ugx1", author: "UC9", text: "Kasar", created_at: at }],
  });
  const connector = connect(lab);
  const { act } = connector.moderation!;
  const account = (remoteId: string, accessToken: string): Account => ({
    ...{ platform: "youtube", mode: "api", remoteId, handle: "x", baseUrl: lab.api, grant: { accessToken } },
  });
  const target = under("video-satu1", "Ugx1");
  expect(await failure(act(account("UCdua", "t2"), target, "hide"))).toMatchObject({ kind: "rejected", code: "not-permitted" });
  const owner = account("UCsatu", "t1");
  await act(owner, target, "hide");
  expect(await whole(connector, owner, "video-satu1")).toEqual([]);
  await act(owner, target, "unhide");
  expect(await whole(connector, owner, "video-satu1")).toEqual(["Ugx1"]);
});
