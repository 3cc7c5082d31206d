/** The lab's Instagram with video, shared authorship and consent, driven by Meta's own client for Node before our connector. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { id as account, seedAccount, storage, token } from "../support/instagram.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import type { Listener } from "../support/listener.ts";
import { metaClient, type Row, refusal } from "../support/meta.ts";

const neighbour = { id: "17841400000000002", username: "dinkestegal", name: "Dinkes Tegal", token: "token-dinkes" };
let lab: RunningLab;
let files: Listener;
const client = (kind: "IGUser" | "IGMedia" | "IGComment", id: string, as = token) => metaClient(`${lab.url}/ig`, kind, id, as);
const user = () => client("IGUser", account);

beforeAll(async () => {
  lab = await startLab();
  files = await storage();
  await seedAccount(lab);
  await lab.seed({ platform: "instagram", accounts: [neighbour] });
});
afterAll(async () => {
  await lab.stop();
  await files.close();
});

async function settled(container: string): Promise<Row> {
  for (;;) {
    const told = await client("IGMedia", container).get(["status_code", "status"]);
    if (told.status_code !== "IN_PROGRESS") return told;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("Meta's own Node client", () => {
  it("publishes a reel once its video is processed, and comments straight under it", async () => {
    const params = { media_type: "REELS", video_url: `${files.url}/video/vertical`, caption: "Sampah", share_to_feed: true };
    const { id } = await user().createMedia([], params);
    expect(await refusal(user().createMediaPublish([], { creation_id: id }))).toMatchObject({ code: 9007, error_subcode: 2207027 });
    expect(await settled(id)).toMatchObject({ status_code: "FINISHED" });
    const post = await user().createMediaPublish([], { creation_id: id });
    const read = await client("IGMedia", post.id).get(["media_type", "media_product_type", "permalink", "media_url", "thumbnail_url"]);
    expect(read).toMatchObject({ media_type: "VIDEO", media_product_type: "REELS", permalink: expect.stringContaining("/reel/") });
    for (const [field, type] of [
      ["media_url", "video/mp4"],
      ["thumbnail_url", "image/png"],
    ] as const)
      expect((await fetch(String(read[field]))).headers.get("content-type")).toBe(type);
    const comment = await client("IGMedia", post.id).createComment([], { message: "Jadwal di tautan." });
    const [told] = await client("IGMedia", post.id).getComments(["text", "username", "parent_id"]);
    expect(told).toMatchObject({ id: comment.id, text: "Jadwal di tautan.", username: "pemkabtegal" });
  });

  it("learns from the container that its video is none, or could not be fetched", async () => {
    const status = async (path: string) => {
      const { id } = await user().createMedia([], { media_type: "REELS", video_url: `${files.url}/${path}` });
      return settled(id);
    };
    expect(await status("photo/x")).toMatchObject({ status_code: "ERROR", status: expect.stringContaining("2207026") });
    expect(await status("gone/x")).toMatchObject({ status_code: "ERROR", status: expect.stringContaining("2207052") });
    expect(await refusal(user().createMedia([], { media_type: "REELS" })), "no address").toMatchObject({ code: 100 });
    expect(await refusal(user().createMedia([], { media_type: "FILM" }))).toMatchObject({ code: 100, error_subcode: 2207023 });
  });

  it("asks another account to be an author, who agrees once", async () => {
    const image_url = `${files.url}/photo.jpg`;
    expect(await refusal(user().createMedia([], { image_url, collaborators: ["tidakada"] }))).toMatchObject({ code: 110 });
    const { id: creation_id } = await user().createMedia([], { image_url, caption: "Bersama", collaborators: ["dinkestegal"] });
    await settled(creation_id);
    const { id } = await user().createMediaPublish([], { creation_id });
    const dinkes = () => client("IGUser", neighbour.id, neighbour.token);
    const status = async () => (await client("IGMedia", id).getCollaborators([]))[0]?.invite_status;
    expect(await status()).toBe("Pending");
    const [asked] = await dinkes().getCollaborationInvites([]);
    expect(asked).toMatchObject({ media_id: id, media_owner_username: "pemkabtegal", caption: "Bersama" });
    await dinkes().createCollaborationInvite([], { media_id: id, accept: true });
    expect(await status()).toBe("Accepted");
    expect(await refusal(dinkes().createCollaborationInvite([], { media_id: id, accept: false }))).toMatchObject({
      code: 100,
      error_subcode: 33,
    });
    expect(await dinkes().getCollaborationInvites([])).toHaveLength(0);
  });
});

describe("the consent page", () => {
  const redirect_uri = "http://127.0.0.1:41100/kembali";
  const ask = { client_id: "990077", redirect_uri, response_type: "code", state: "s1" };
  const scope = "instagram_business_basic,instagram_business_content_publish";
  const dialog = (more: Record<string, string>) =>
    fetch(`${lab.url}/instagram/oauth/authorize?${new URLSearchParams({ ...ask, scope, ...more })}`, { redirect: "manual" });
  const back = async (more: Record<string, string>) => new URL((await dialog(more)).headers.get("location") ?? "").searchParams;
  const exchange = async (code: string | null, more: Record<string, string> = {}) => {
    const form = {
      client_id: "990077",
      client_secret: labSecret,
      grant_type: "authorization_code",
      redirect_uri,
      code: code ?? "",
      ...more,
    };
    const answer = await fetch(`${lab.url}/ig/oauth/access_token`, { method: "POST", body: new URLSearchParams(form) });
    return { status: answer.status, ...((await answer.json()) as { access_token?: string; permissions?: string; error_type?: string }) };
  };

  it("offers the accounts to whoever looks at it, and leads nowhere but to this machine", async () => {
    const page = await (await dialog({})).text();
    expect(page).toContain("Izinkan sebagai Dinkes Tegal");
    expect((await dialog({ redirect_uri: "https://garda.contoh.id/kembali" })).status).toBe(400);
    expect((await dialog({ scope: "semua" })).status).toBe(400);
    expect(Object.fromEntries(await back({ deny: "1" }))).toMatchObject({ error: "access_denied", state: "s1" });
  });

  it("gives a code that serves once, to the app that asked, at the address it named", async () => {
    const given = await back({ as: "dinkestegal", without: "instagram_business_content_publish" });
    expect(given.get("state")).toBe("s1");
    const token = await exchange(given.get("code"));
    expect(token).toMatchObject({ status: 200, permissions: "instagram_business_basic" });
    expect(await exchange(given.get("code"))).toMatchObject({ status: 400, error_type: "OAuthException" });
    const others: Record<string, string>[] = [{ client_id: "1" }, { redirect_uri: `${redirect_uri}/lain` }, { client_secret: "tebakan" }];
    for (const more of others) expect(await exchange((await back({ as: "dinkestegal" })).get("code"), more)).toMatchObject({ status: 400 });
    const late = await back({ as: "dinkestegal" });
    await lab.clock(61 * 60_000);
    expect(await exchange(late.get("code"))).toMatchObject({ status: 400 });
    expect(await refusal(client("IGUser", "me", token.access_token).get(["username"])), "a token of one hour").toMatchObject({ code: 190 });
    await lab.clock(0);
    expect(await client("IGUser", "me", token.access_token).get(["username"])).toMatchObject({ username: "dinkestegal" });
  });
});
