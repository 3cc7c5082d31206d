/** The lab's YouTube before Google's own clients, so that our connector is not its only witness. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clips } from "../support/clips.ts";
import { tinyPng } from "../support/listener.ts";
import { foreignAuth, foreignClient, type RunningYoutube, scopes, startYoutube } from "../support/youtube.ts";

let lab: RunningYoutube;
const channel = { id: "UCdiskominfo", title: "Diskominfo", handle: "diskominfo", token: "token-diskominfo", subscribers: 4200 };
const other = { id: "UCdinkes", title: "Dinkes", handle: "dinkes", token: "token-dinkes" };
const redirectUri = "http://127.0.0.1:41100/balik";
const foreign = (token = channel.token) => foreignClient(lab.api, token);
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ response }: { response?: { status: number; data: { error?: { errors?: { reason: string }[] } | string } } }) => {
      const error = response?.data.error;
      return [response?.status, typeof error === "string" ? error : error?.errors?.[0]?.reason];
    },
  );
const visit = (video: string, form: { [name: string]: string }) =>
  fetch(`${lab.url}/youtube/watch/comments?v=${video}`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
const commentId = (answer: Response) => /komentar-(.+)$/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";
const about = (title: string) => ({
  snippet: { title, description: "Keterangan", categoryId: "25" },
  status: { privacyStatus: "public", selfDeclaredMadeForKids: false },
});
const upload = async (title: string, token?: string) => {
  const { client, at } = foreign(token);
  const media = { mimeType: "video/mp4", body: Readable.from([clips.vertical]) };
  return (await client.videos.insert({ part: ["snippet", "status"], requestBody: about(title), media }, at)).data;
};

beforeAll(async () => {
  lab = await startYoutube();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.reset();
  await lab.clock(0);
  await lab.seedYoutube({ channels: [channel, other] });
});

describe("@googleapis/youtube", () => {
  it("finds out which channel it is, with its figures, or without them where they are hidden", async () => {
    const { client, at } = foreign();
    const { data } = await client.channels.list({ mine: true, part: ["snippet", "statistics", "contentDetails"] }, at);
    expect(data.items?.[0]).toMatchObject({
      id: channel.id,
      snippet: { title: "Diskominfo", customUrl: "@diskominfo" },
      statistics: { subscriberCount: "4200", hiddenSubscriberCount: false },
      contentDetails: { relatedPlaylists: { uploads: "UUdiskominfo" } },
    });
    await lab.seedYoutube({ channels: [{ ...channel, subscribers_hidden: true }] });
    const hidden = await client.channels.list({ forHandle: "@DISKOMINFO", part: ["statistics"] }, at);
    expect(hidden.data.items?.[0]?.statistics).toMatchObject({ hiddenSubscriberCount: true, subscriberCount: "0" });
  });

  it("uploads a video with its thumbnail, reads it back and deletes it", async () => {
    const { client, at } = foreign();
    const video = await upload("Siaga banjir");
    expect(video).toMatchObject({ snippet: { title: "Siaga banjir", categoryId: "25" }, status: { privacyStatus: "public" } });
    const id = video.id ?? "";
    await client.thumbnails.set({ videoId: id, media: { mimeType: "image/png", body: Readable.from([tinyPng]) } }, at);
    const read = await client.videos.list({ id: [id], part: ["snippet", "status", "statistics"] }, at);
    expect(read.data.items?.[0]).toMatchObject({
      snippet: { description: "Keterangan", channelId: channel.id },
      status: { uploadStatus: "processed", selfDeclaredMadeForKids: false },
      statistics: { viewCount: "0", commentCount: "0" },
    });
    const thumbnail = await fetch(read.data.items?.[0]?.snippet?.thumbnails?.high?.url ?? "");
    expect(Buffer.from(await thumbnail.arrayBuffer()).equals(tinyPng)).toBe(true);
    const served = await fetch(`${lab.url}/media/youtube/${id}`);
    expect(Buffer.from(await served.arrayBuffer()).equals(clips.vertical), "the bytes survive").toBe(true);
    expect(await (await fetch(`${lab.url}/youtube/watch?v=${id}`)).text()).toContain(`src="/media/youtube/${id}" poster=`);
    expect(await caught(foreign(other.token).client.videos.delete({ id }, at))).toEqual([403, "forbidden"]);
    await client.videos.delete({ id }, at);
    expect((await client.videos.list({ id: [id], part: ["id"] }, at)).data.items).toEqual([]);
  });

  it("opens a resumable session, which takes pieces in their order, tells how far it is, and ends in one video", async () => {
    const { client } = foreign();
    const total = clips.wide.length + 262_144;
    const video = Buffer.concat([clips.wide, Buffer.alloc(262_144)]);
    const opened = await client.videos.insert(
      { part: ["snippet", "status"], requestBody: about("Bertahap"), ...{ uploadType: "resumable" } },
      { rootUrl: `${lab.api}/upload/`, headers: { "X-Upload-Content-Length": String(total), "X-Upload-Content-Type": "video/mp4" } },
    );
    const session = new Headers(opened.headers as HeadersInit).get("location") ?? "";
    const put = (range: string, body?: Uint8Array<ArrayBuffer>) =>
      fetch(session, { method: "PUT", redirect: "manual", headers: { "content-range": range, "content-type": "video/mp4" }, body });
    const piece = (from: number, to: number) => put(`bytes ${from}-${to - 1}/${total}`, new Uint8Array(video.subarray(from, to)));
    const empty = await put(`bytes */${total}`);
    expect([empty.status, empty.headers.get("range")]).toEqual([308, null]);
    expect((await piece(0, 1_000)).status, "a piece of an odd size that is not the last").toBe(400);
    const ahead = await piece(262_144, total);
    expect([ahead.status, ahead.headers.get("range")], "a piece from another place").toEqual([308, null]);
    const first = await piece(0, 262_144);
    expect([first.status, first.headers.get("range")]).toEqual([308, "bytes=0-262143"]);
    const wrong = await piece(0, 262_144);
    expect([wrong.status, wrong.headers.get("range")], "sent again").toEqual([308, "bytes=0-262143"]);
    const last = await piece(262_144, total);
    const { id } = (await last.json()) as { id: string };
    expect(last.status).toBe(201);
    const asked = await put(`bytes */${total}`);
    expect([asked.status, ((await asked.json()) as { id: string }).id]).toEqual([200, id]);
    const served = await fetch(`${lab.url}/media/youtube/${id}`);
    expect(Buffer.from(await served.arrayBuffer()).equals(video)).toBe(true);
    await lab.clock(8 * 86_400_000);
    expect((await put(`bytes */${total}`)).status, "after a week").toBe(404);
  });

  it("follows a channel's uploads to their end, newest first and each once; strangers do not see the private ones", async () => {
    const videos = Array.from({ length: 13 }, (_, i) => ({
      channel: channel.id,
      id: `seed-video${String.fromCharCode(97 + i)}`,
      title: `Video ${i}`,
      created_at: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      ...(i === 4 ? { privacy: "private" as const } : {}),
    }));
    await lab.seedYoutube({ videos });
    const listed = async (token: string) => {
      const { client, at } = foreign(token);
      const seen: string[] = [];
      let pageToken: string | undefined;
      do {
        const { data } = await client.playlistItems.list(
          { playlistId: "UUdiskominfo", part: ["contentDetails"], maxResults: 5, pageToken },
          at,
        );
        seen.push(...(data.items ?? []).map((one) => one.contentDetails?.videoId ?? ""));
        pageToken = data.nextPageToken ?? undefined;
      } while (pageToken);
      return seen;
    };
    expect(await listed(channel.token)).toEqual(videos.map(({ id }) => id).reverse());
    expect(await listed(other.token)).toHaveLength(12);
    const { client, at } = foreign(other.token);
    expect((await client.videos.list({ id: ["seed-videoe", "seed-videof"], part: ["id"] }, at)).data.items).toHaveLength(1);
  });

  it("writes and reads comments: one level of replies, plain text on demand, the rest of a long thread in a list of its own", async () => {
    const { client, at } = foreign();
    const id = (await upload("Vaksin")).id ?? "";
    const question = commentId(await visit(id, { name: "Siti Aminah", message: "Jam <berapa>?" }));
    const further = commentId(await visit(id, { name: "Budi", message: "Saya juga", parent: question }));
    expect(further.startsWith(`${question}.`)).toBe(true);
    const answer = await client.comments.insert(
      { part: ["snippet"], requestBody: { snippet: { parentId: question, textOriginal: "Pukul 08.00" } } },
      at,
    );
    expect(answer.data.snippet).toMatchObject({ parentId: question, textOriginal: "Pukul 08.00", authorChannelId: { value: channel.id } });
    const topLevelComment = { snippet: { textOriginal: "Tautan pendaftaran di keterangan" } };
    const mine = await client.commentThreads.insert(
      { part: ["snippet"], requestBody: { snippet: { channelId: channel.id, videoId: id, topLevelComment } } },
      at,
    );
    for (let i = 0; i < 5; i += 1) await visit(id, { name: `Warga ${i}`, message: "Ikut bertanya", parent: further });
    const { data } = await client.commentThreads.list({ videoId: id, part: ["snippet", "replies"], textFormat: "plainText" }, at);
    const thread = data.items?.find((one) => one.id === question);
    expect(data.items?.map((one) => one.id).sort()).toEqual([mine.data.id, question].sort());
    expect(thread?.snippet).toMatchObject({
      totalReplyCount: 7,
      topLevelComment: { snippet: { textDisplay: "Jam <berapa>?", authorDisplayName: "@SitiAminah" } },
    });
    expect(thread?.snippet?.topLevelComment?.snippet?.textOriginal, "for its author alone").toBeUndefined();
    expect(thread?.replies?.comments).toHaveLength(5);
    const replies = await client.comments.list({ parentId: question, part: ["snippet"], maxResults: 100 }, at);
    expect(replies.data.items).toHaveLength(7);
    const whole = await client.commentThreads.list({ allThreadsRelatedToChannelId: channel.id, part: ["id"] }, at);
    expect(whole.data.items).toHaveLength(2);
    const html = await client.comments.list({ id: [question], part: ["snippet"] }, at);
    expect(html.data.items?.[0]?.snippet?.textDisplay).toBe("Jam &lt;berapa&gt;?");
    const toReply = client.comments.insert({ part: ["snippet"], requestBody: { snippet: { parentId: further, textOriginal: "Ya" } } }, at);
    expect(await caught(toReply)).toEqual([400, "operationNotSupported"]);
    await client.comments.delete({ id: question }, at);
    expect((await client.commentThreads.list({ videoId: id, part: ["id"] }, at)).data.items).toHaveLength(1);
  });

  it.for([
    ["a bad token", "token-lain", [401, "authError"], {}],
    ["an empty title", channel.token, [400, "invalidTitle"], { title: " " }],
    ["a title of 101 letters", channel.token, [400, "invalidTitle"], { title: "a".repeat(101) }],
    ["a description with < in it", channel.token, [400, "invalidDescription"], { description: "usia < 5" }],
  ] as const)("sees YouTube's error for %s", async ([, token, expected, change]) => {
    const { client, at } = foreign(token);
    const requestBody = { ...about("Judul"), snippet: { ...about("Judul").snippet, ...change } };
    const media = { mimeType: "video/mp4", body: Readable.from([clips.wide]) };
    expect(await caught(client.videos.insert({ part: ["snippet", "status"], requestBody, media }, at))).toEqual(expected);
  });

  it("sees the day's quota, which ends at midnight in California, and the limit of uploads", async () => {
    const { client, at } = foreign();
    const read = () => caught(client.channels.list({ mine: true, part: ["id"] }, at));
    await lab.clock(Date.parse("2026-11-22T20:00:00Z") - Date.now());
    await lab.seedYoutube({ quota: { units: 2, uploads: 1 } });
    expect([await read(), await read(), await read()]).toEqual([null, null, [403, "quotaExceeded"]]);
    expect(await caught(upload("Satu"))).toBeNull();
    expect(await caught(upload("Dua"))).toEqual([403, "quotaExceeded"]);
    await lab.clock(Date.parse("2026-11-23T07:59:00Z") - Date.now());
    expect(await read()).toEqual([403, "quotaExceeded"]);
    await lab.clock(Date.parse("2026-11-23T08:01:00Z") - Date.now());
    expect(await read()).toBeNull();
  });

  it("sees the faults, comments that are closed, and uploads locked as private", async () => {
    const { client, at } = foreign();
    for (const [fault, expected] of [
      ["429", [429, "rateLimitExceeded"]],
      ["upload-limit", [400, "uploadLimitExceeded"]],
      ["500-before", [500, "backendError"]],
    ] as const) {
      await lab.spoilYoutube({ endpoint: "POST videos", fault });
      expect(await caught(upload("Gagal"))).toEqual(expected);
    }
    await lab.seedYoutube({
      audited: false,
      videos: [{ channel: channel.id, id: "tertutup-01", title: "Tertutup", created_at: "2026-01-01T00:00:00Z", comments_open: false }],
    });
    expect(await caught(client.commentThreads.list({ videoId: "tertutup-01", part: ["id"] }, at))).toEqual([403, "commentsDisabled"]);
    const locked = await upload("Terkunci");
    expect(locked.status?.privacyStatus).toBe("private");
    expect((await fetch(`${lab.url}/youtube/watch?v=${locked.id}`)).status).toBe(404);
    await lab.spoilYoutube({ endpoint: "*", fault: "revoke" });
    await caught(client.channels.list({ mine: true, part: ["id"] }, at));
    expect(await caught(client.channels.list({ mine: true, part: ["id"] }, at)), "for good").toEqual([401, "authError"]);
  });
});

describe("its sign-in client", () => {
  it("gets a code by consent, exchanges it once with its proof, refreshes with a token that stays, and revokes", async () => {
    const app = foreignAuth(lab, redirectUri);
    const verifier = "pembuktian-yang-cukup-panjang-untuk-uji-google-0123456789";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const ask = { access_type: "offline", prompt: "consent", scope: scopes, state: "s", code_challenge: challenge };
    const login = async (more = "") => {
      const url = `${app.generateAuthUrl({ ...ask, code_challenge_method: "S256" as never })}&as=diskominfo${more}`;
      return new URL((await fetch(url, { redirect: "manual" })).headers.get("location") ?? "");
    };
    const chooser = await fetch(app.generateAuthUrl({ ...ask, code_challenge_method: "S256" as never }));
    expect(await chooser.text()).toContain("Izinkan sebagai Diskominfo");
    const back = await login();
    expect(back.searchParams.get("state")).toBe("s");
    const code = back.searchParams.get("code") ?? "";
    expect(await caught(app.getToken({ code, codeVerifier: "salah" })), "without the proof").toEqual([400, "invalid_grant"]);
    const elsewhere = { code: (await login()).searchParams.get("code") ?? "", codeVerifier: verifier, redirect_uri: `${redirectUri}/lain` };
    expect(await caught(app.getToken(elsewhere)), "from another address").toEqual([400, "redirect_uri_mismatch"]);
    const second = (await login()).searchParams.get("code") ?? "";
    const { tokens } = await app.getToken({ code: second, codeVerifier: verifier });
    expect(tokens).toMatchObject({ access_token: expect.any(String), refresh_token: expect.any(String), scope: scopes.join(" ") });
    expect(await caught(app.getToken({ code: second, codeVerifier: verifier })), "used up").toEqual([400, "invalid_grant"]);
    app.setCredentials({ refresh_token: tokens.refresh_token });
    for (const time of [1, 2]) {
      await lab.clock(time * 2 * 3_600_000);
      const { credentials } = await app.refreshAccessToken();
      const { client, at } = foreign(credentials.access_token ?? "");
      expect((await client.channels.list({ mine: true, part: ["id"] }, at)).data.items?.[0]?.id).toBe(channel.id);
      if (time === 1)
        expect(await caught(foreign(tokens.access_token ?? "").client.channels.list({ mine: true, part: ["id"] }, at))).toEqual([
          401,
          "authError",
        ]);
    }
    await app.revokeToken(tokens.refresh_token ?? "");
    expect(await caught(app.refreshAccessToken())).toEqual([400, "invalid_grant"]);
    expect((await login("&deny=1")).searchParams.get("error")).toBe("access_denied");
    const partial = (await login(`&without=${scopes[0]}`)).searchParams.get("code") ?? "";
    const some = await app.getToken({ code: partial, codeVerifier: verifier });
    expect(some.tokens.scope).toBe(scopes[1]);
  });
});
