/** The servers themselves, by plain fetch: what a connector may rely on is first seen to be so without one. */
import { expect, test } from "vitest";
import { tinyPng } from "../support/listener.ts";
import { actAs, call, eventually, expired, network, openAccount, XrpcError } from "./support.ts";

test("a post with a picture, a citizen's reply and the office's answer reach both through the AppView", async () => {
  const office = await actAs(network().office);
  const citizen = await actAs(network().citizen);
  const post = await office.post("Jadwal layanan KTP keliling pekan ini", {
    bytes: tinyPng,
    mime: "image/png",
    alt: "Peta lokasi layanan",
  });

  const thread = await eventually(() => citizen.readThread(post.uri));
  expect(thread.answer.post.record).toMatchObject({ text: "Jadwal layanan KTP keliling pekan ini" });
  expect(thread.answer.post).toMatchObject({ embed: { images: [{ alt: "Peta lokasi layanan" }] } });

  const question = await citizen.reply(post, "Apakah hari Sabtu buka?");
  const notice = await eventually(async () => (await office.notifications()).find((each) => each.uri === question.uri));
  expect(notice.answer).toMatchObject({
    reason: "reply",
    author: { did: citizen.session.did },
    record: { text: "Apakah hari Sabtu buka?" },
  });
  const seen = await eventually(async () => (await office.readThread(post.uri))?.replies?.find((each) => each.post.uri === question.uri));
  expect(seen.answer.post.cid).toBe(question.cid);

  const answer = await office.reply(question, "Buka, pukul 08.00–12.00.", post);
  const told = await eventually(async () => (await citizen.notifications()).find((each) => each.uri === answer.uri));
  expect(told.answer.record.text).toBe("Buka, pukul 08.00–12.00.");
  console.log(`indexed: post ${thread.tookMs} ms, reply ${notice.tookMs} ms, answer ${told.tookMs} ms`);
});

test("the same record put twice under one key is one post; created twice it is an error of the server", async () => {
  const { session, xrpc } = await actAs(await openAccount());
  const body = {
    repo: session.did,
    collection: "app.bsky.feed.post",
    rkey: "3kabcdefghi2j",
    record: { $type: "app.bsky.feed.post", text: "Sekali saja", createdAt: "2026-01-05T02:00:00.000Z" },
  };
  const first = await xrpc<{ cid: string; commit?: object }>("com.atproto.repo.putRecord", { body });
  const second = await xrpc<{ cid: string; commit?: object }>("com.atproto.repo.putRecord", { body });
  expect(first.commit).toBeDefined();
  expect(second).toMatchObject({ cid: first.cid });
  expect(second.commit).toBeUndefined();
  await expect(xrpc("com.atproto.repo.createRecord", { body })).rejects.toMatchObject({ status: 500 });
});

test("an access token that is over is refused by name, and a refresh gives two new tokens", async () => {
  const { session } = await actAs(network().office);
  const { pdsUrl } = network();
  const ask = (token: string) => call<{ did: string }>(pdsUrl, "com.atproto.server.getSession", { token });
  await expect(ask(expired(session.accessJwt))).rejects.toMatchObject({ status: 400, code: "ExpiredToken" });
  await expect(ask("no.such.token")).rejects.toThrow(XrpcError);

  const fresh = await refresh(session.refreshJwt);
  expect(fresh.refreshJwt).not.toBe(session.refreshJwt);
  expect((await ask(fresh.accessJwt)).did).toBe(session.did);

  async function refresh(token: string) {
    const answer = await fetch(`${pdsUrl}/xrpc/com.atproto.server.refreshSession`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
    return (await answer.json()) as typeof session;
  }
});
