/** The Facebook connector before the platform lab. */
import { expect, test } from "vitest";
import { clip, clips } from "../support/clips.ts";
import { accountOf, bare, connectorTo, consentOf, failure, page, redirectUri, seedPage, token } from "../support/facebook.ts";
import { labVerifyToken, startLab } from "../support/lab.ts";
import { listen, tinyPng } from "../support/listener.ts";
import { heardBy, strangers } from "../support/strangers.ts";
import { conformance, type Fault, type Step } from "./conformance.ts";

const endpoints: Record<Step, string> = {
  upload: "POST photos",
  post: "POST feed",
  reply: "POST comments",
  video: "POST video_reels/finish",
  "first-comment": "POST comments",
};

conformance("Facebook", async () => {
  const lab = await startLab();
  await seedPage(lab);
  const films = await listen(() => ({ type: "video/mp4", body: clips.vertical }));
  const app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  const graph = async (path: string, body?: Record<string, string>) => {
    const headers = { authorization: `Bearer ${token}` };
    const init = body ? { method: "POST", body: new URLSearchParams(body) } : {};
    const answer = await fetch(`${lab.url}/meta/v26.0/${path}`, { headers, ...init });
    return (await answer.json()) as { id: string; data: { id: string; message?: string; comments?: { data: { message: string }[] } }[] };
  };
  let comments = 0;
  const notified = heardBy(lab, "facebook", app);

  return {
    connector: connectorTo(lab),
    consent: { baseUrl: `${lab.url}/meta`, redirectUri, walk: consentOf("all"), needed: "pages_manage_engagement" },
    login: { baseUrl: `${lab.url}/meta`, identifier: page, secret: token },
    wrongSecret: "EAAG-lain",
    spoil: (step: Step, fault: Fault) => lab.fault({ endpoint: endpoints[step], fault: fault === "rate-limit" ? "429" : fault }),
    uploads: async () => (await lab.journal()).filter((entry) => entry.endpoint === endpoints.upload && entry.status === 200).length,
    texts: async () => {
      const posts = await graph(`${page}/feed?limit=100&fields=message,comments.filter(stream).limit(100){message}`);
      return posts.data.flatMap((post) => [post.message ?? "", ...(post.comments?.data ?? []).map((comment) => comment.message)]);
    },
    picture: (digest, alt) => ({
      digest,
      alt,
      mime: "image/png",
      width: 1,
      height: 1,
      bytes: tinyPng.length,
      read: async () => tinyPng,
      publicUrl: async () => "https://garda.contoh.go.id/media/p/t",
    }),
    video: (digest, alt) => ({ ...clip("vertical", { alt, publicUrl: `${films.url}/${digest}` }), digest }),
    nativePost: async (message) => (await graph(`${page}/feed`, { message })).id,
    comment: async (post, message, under) => {
      comments += 1;
      const form = new URLSearchParams({ name: `Warga ${comments}`, message, ...(under ? { parent: under.remoteId } : {}) });
      const path = `/facebook/${post.replace("_", "/posts/")}/comments`;
      const answer = await fetch(`${lab.url}${path}`, { method: "POST", body: form, redirect: "manual" });
      return `${post.split("_")[1]}_${/komentar-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1]}`;
    },
    notification: (post, text) =>
      notified(async () => {
        const form = new URLSearchParams({ name: "Siti", message: text });
        await fetch(`${lab.url}/facebook/${post.replace("_", "/posts/")}/comments`, { method: "POST", body: form, redirect: "manual" });
      }),
    notified,
    ...strangers(lab, "facebook", {
      pathOf: (post) => `/facebook/${post.replace("_", "/posts/")}`,
      anchor: (id) => `komentar-${id.split("_")[1]}`,
      endpoint: "POST likes",
    }),
    stop: async () => {
      await app.close();
      await films.close();
      await lab.stop();
    },
  };
});

test("Facebook's own rules", async ({ onTestFinished }) => {
  const lab = await startLab();
  onTestFinished(() => lab.stop());
  const login = { baseUrl: `${lab.url}/meta`, identifier: page, secret: token };
  const connector = connectorTo(lab);

  await seedPage(lab, ["pages_show_list", "pages_read_engagement", "pages_read_user_content", "pages_manage_posts"]);
  expect(await failure(connector.connect!(login)), "a token without a permission").toEqual({
    kind: "needs-reauth",
    reason: "scope",
    missing: ["pages_manage_engagement"],
  });

  await seedPage(lab);
  await lab.seed({ users: [{ id: "55", name: "Admin", token: "EAAG-orang", pages: [page] }] });
  const wrong = { kind: "rejected", code: "wrong-account" };
  expect(await failure(connector.connect!({ ...login, identifier: "999" })), "another page").toEqual(wrong);
  expect(await failure(connector.connect!({ ...login, secret: "EAAG-orang" })), "a person's token").toEqual(wrong);

  const { profile, grant } = await connector.connect!(login);
  const account = accountOf(login.baseUrl);
  expect({ remoteId: profile.remoteId, handle: profile.handle, grant }).toEqual({
    remoteId: page,
    handle: "pemkabtegal",
    grant: account.grant,
  });
  const content = bare("Pengumuman");
  let checkpoint: Parameters<typeof connector.publish>[2] = { stage: "new", at: null, data: {} };
  const publish = () =>
    connector.publish(account, content, checkpoint, async (next) => {
      checkpoint = next;
    });

  await lab.fault({ endpoint: "POST feed", fault: "506" });
  expect(await failure(publish()), "a duplicate at the first try").toMatchObject({ kind: "rejected", code: "duplicate" });
  checkpoint = { stage: "new", at: null, data: {} };
  await lab.fault({ endpoint: "POST feed", fault: "accept-then-drop" });
  expect(await failure(publish())).toEqual({ kind: "ambiguous" });
  expect(await failure(publish()), "a duplicate of what may be our own").toEqual({ kind: "ambiguous" });
  expect(await connector.findPublished(account, content, checkpoint)).toMatchObject({ kind: "found" });

  await lab.fault({ endpoint: "POST feed", fault: "368" });
  checkpoint = { stage: "new", at: null, data: {} };
  expect(await failure(publish()), "a block for policy").toMatchObject({ kind: "rejected", policy: true });

  await lab.fault({ endpoint: "GET post", fault: "500-before" });
  const other = { ...content, text: "Tanpa tautan balik" };
  const result = await connector.publish(account, other, { stage: "new", at: null, data: {} }, async () => undefined);
  expect(result, "a live post without its permalink is live").toMatchObject({ kind: "done", published: { permalink: null } });
  expect(
    connector.answerChallenge!(
      new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "7", "hub.verify_token": labVerifyToken }),
      labVerifyToken,
    ),
  ).toBe("7");
});
