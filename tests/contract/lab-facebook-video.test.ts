/** The lab's Facebook with video, reels, figures and consent, driven by Meta's own client for Node before our connector. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clips } from "../support/clips.ts";
import { page, seedPage, token } from "../support/facebook.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";
import { metaClient, type Row, refusal } from "../support/meta.ts";

let lab: RunningLab;
let films: Listener;
const client = (kind: Parameters<typeof metaClient>[1], id: string, as = token) => metaClient(`${lab.url}/meta`, kind, id, as);
const dataOf = (row: Row) => (row as unknown as { _data: { [field: string]: string } })._data;
const graph = async <T>(path: string, init?: RequestInit): Promise<T> =>
  (await (await fetch(`${lab.url}/meta/v26.0/${path}`, { headers: { authorization: `Bearer ${token}` }, ...init })).json()) as T;
type Status = { status: { video_status: string } & { [phase: string]: { status: string } }; post_id?: string };
const statusOf = (id: string) => graph<Status>(`${id}?fields=status,post_id`);

beforeAll(async () => {
  lab = await startLab();
  films = await listen(({ url }) => {
    const kind = url.slice(1) as keyof typeof clips;
    return clips[kind] ? { type: "video/mp4", body: clips[kind] } : url === "/text" ? { body: "bukan video" } : { status: 404 };
  });
  await seedPage(lab);
});
afterAll(async () => {
  await lab.stop();
  await films.close();
});

async function until(id: string, phase: string, wanted: string): Promise<Status> {
  for (;;) {
    const told = await statusOf(id);
    if (told.status[phase]?.status === wanted) return told;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("Meta's own Node client", () => {
  it("publishes a video from its address, which people can watch", async () => {
    const { id } = await client("Page", page).createVideo([], { file_url: `${films.url}/wide`, description: "Pasar murah" });
    const { post_id } = await until(id, "publishing_phase", "complete");
    const post = await client("PagePost", `${page}_${post_id}`).get([
      "message",
      "status_type",
      "permalink_url",
      "attachments{media_type,target{id}}",
    ]);
    expect(post).toMatchObject({
      message: "Pasar murah",
      status_type: "added_video",
      attachments: { data: [{ media_type: "video", target: { id } }] },
    });
    const film = /<video[^>]* src="([^"]+)"/.exec(await (await fetch(String(post.permalink_url))).text())?.[1];
    const played = await fetch(`${lab.url}${film}`);
    expect(Buffer.from(await played.arrayBuffer()).equals(clips.wide)).toBe(true);
    expect((await client("Page", page).getVideos(["description"])).map((row) => row.description)).toContain("Pasar murah");
    const text = client("Page", page).createVideo([], { file_url: `${films.url}/text` });
    expect(await refusal(text), "no video").toMatchObject({ code: 352 });
  });

  it("publishes a reel in three steps, once, and only when its video is whole", async () => {
    const reel = () => client("Page", page);
    const begun = dataOf(await reel().createVideoReel([], { upload_phase: "start" }));
    const finish = () =>
      reel().createVideoReel([], { upload_phase: "finish", video_id: begun.video_id, video_state: "PUBLISHED", description: "Sampah" });
    expect(await refusal(finish())).toMatchObject({ code: 6000 });
    expect((await statusOf(begun.video_id!)).status).toMatchObject({ publishing_phase: { status: "not_started" } });
    const headers = { authorization: `OAuth ${token}`, file_url: `${films.url}/vertical` };
    expect(await (await fetch(begun.upload_url!, { method: "POST", headers })).json()).toEqual({ success: true });
    await until(begun.video_id!, "uploading_phase", "complete");
    await finish();
    const { post_id } = await until(begun.video_id!, "publishing_phase", "complete");
    expect(await client("PagePost", `${page}_${post_id}`).get(["message"])).toMatchObject({ message: "Sampah" });
    expect(await refusal(finish()), "a second time").toMatchObject({ code: 100 });
    const { id } = await client("PagePost", `${page}_${post_id}`).createComment([], { message: "Rinciannya di sini." });
    expect((await client("PagePost", `${page}_${post_id}`).getComments(["message"]))[0]).toMatchObject({ id });
  });

  it("learns that a reel's video is none, lies down, or could not be fetched", async () => {
    const status = async (name: string) => {
      const { video_id = "", upload_url = "" } = dataOf(await client("Page", page).createVideoReel([], { upload_phase: "start" }));
      await fetch(upload_url, { method: "POST", headers: { authorization: `OAuth ${token}`, file_url: `${films.url}/${name}` } });
      return (await statusOf(video_id)).status;
    };
    for (const name of ["text", "wide"])
      expect(await status(name)).toMatchObject({ video_status: "error", processing_phase: { status: "error" } });
    expect(await status("hilang")).toMatchObject({ video_status: "error", uploading_phase: { status: "error" } });
  });

  // The client sends its transfer calls without their fields, so the bytes go past it.
  it("begins and ends an upload in pieces", async () => {
    const videos = () => client("Page", page);
    const size = clips.wide.length;
    let at = dataOf(await videos().createVideo([], { upload_phase: "start", file_size: size }));
    const { upload_session_id = "", video_id = "" } = at;
    const finish = () => videos().createVideo([], { upload_phase: "finish", upload_session_id, description: "Berpotong" });
    expect(await refusal(finish())).toMatchObject({ code: 6000 });
    const piece = async (from: number, to: number) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ upload_phase: "transfer", upload_session_id, start_offset: String(from) }))
        form.set(name, value);
      form.set("video_file_chunk", new Blob([clips.wide.subarray(from, to)]), "video.mp4");
      return graph<typeof at>(`${page}/videos`, { method: "POST", body: form });
    };
    let pieces = 0;
    while (Number(at.start_offset) < size) {
      const [from, to] = [Number(at.start_offset), Number(at.end_offset)];
      expect(await piece(from + 1, to), "a piece from another place").toMatchObject({ error: { code: 100 } });
      at = await piece(from, to);
      pieces += 1;
    }
    expect(pieces).toBe(3);
    await finish();
    await until(video_id, "publishing_phase", "complete");
    expect(await refusal(finish()), "a second time").toMatchObject({ code: 100 });
  });

  it("reads figures with the posts, as far as the permission goes", async () => {
    await lab.seed({ posts: [{ page, id: "9100", message: "Jadwal", created_time: "2026-07-30T01:02:03Z", views: 321 }] });
    const fields = ["insights.metric(post_media_view,post_total_media_view_unique){name,values}"];
    const told = await client("PagePost", `${page}_9100`).get(fields);
    expect(told.insights).toEqual({
      data: [
        { name: "post_media_view", values: [{ value: 418 }] },
        { name: "post_total_media_view_unique", values: [{ value: 321 }] },
      ],
    });
    await seedPage(lab, ["pages_read_engagement"]);
    expect(await refusal(client("PagePost", `${page}_9100`).get(fields))).toMatchObject({ code: 200 });
    await seedPage(lab);
  });
});

describe("the consent page", () => {
  const redirect_uri = "http://127.0.0.1:41100/kembali";
  const scope = "pages_show_list,pages_manage_posts,read_insights";
  const dialog = (more: Record<string, string>) =>
    fetch(
      `${lab.url}/facebook/v26.0/dialog/oauth?${new URLSearchParams({ client_id: "880011", redirect_uri, state: "s1", scope, ...more })}`,
      {
        redirect: "manual",
      },
    );
  const back = async (more: Record<string, string>) => new URL((await dialog(more)).headers.get("location") ?? "").searchParams;
  type Token = { access_token?: string; expires_in?: number; error?: { code: number; error_subcode?: number } };
  const exchange = async (more: Record<string, string>) => {
    const query = new URLSearchParams({ client_id: "880011", client_secret: labSecret, redirect_uri, ...more });
    return (await (await fetch(`${lab.url}/meta/v26.0/oauth/access_token?${query}`)).json()) as Token;
  };

  it("lets the holder choose pages, and leads nowhere but to this machine", async () => {
    const offered = await (await dialog({ pilih: page })).text();
    expect(offered).toContain("✓ Pemkab Tegal");
    expect(offered).toContain("Izinkan 1 halaman");
    expect((await dialog({ redirect_uri: "https://garda.contoh.go.id/kembali" })).status).toBe(400);
    expect(Object.fromEntries(await back({ deny: "1" }))).toMatchObject({ error: "access_denied", state: "s1" });
  });

  it("gives a code that serves once, and tokens that can do what was allowed on the pages that were chosen", async () => {
    const more = Array.from({ length: 30 }, (_, i) => ({
      id: `20${i + 10}`,
      name: `Dinas ${i}`,
      username: `dinas${i}`,
      token: `token-${i}`,
    }));
    await lab.seed({ pages: more });
    const code = (await back({ as: "all", without: "pages_manage_posts" })).get("code") ?? "";
    const short = await exchange({ code });
    expect((await exchange({ code })).error).toMatchObject({ code: 100, error_subcode: 36009 });
    expect((await exchange({ code: (await back({ as: page })).get("code") ?? "", client_secret: "tebakan" })).error?.code).toBe(1);
    const long = await exchange({ grant_type: "fb_exchange_token", fb_exchange_token: short.access_token ?? "" });
    expect(long.expires_in).toBe(60 * 86_400);
    const me = client("User", "me", long.access_token ?? "");
    const given = await me.getPermissions([]);
    expect(given.find(({ permission }) => permission === "pages_manage_posts")).toMatchObject({ status: "declined" });
    const list = await me.getAccounts(["name", "access_token"]);
    const shown = [...list];
    expect(shown).toHaveLength(25);
    shown.push(...(await list.next()));
    expect(new Set(shown.map(({ id }) => id)).size).toBe(31);
    const pageToken = String(shown.find(({ id }) => id === page)?.access_token);
    expect(await client("Page", page, pageToken).get(["name"])).toMatchObject({ name: "Pemkab Tegal" });
    expect(await refusal(client("Page", page, pageToken).createFeed([], { message: "x" })), "not allowed").toMatchObject({ code: 200 });
    await lab.clock(61 * 86_400_000);
    expect(await refusal(me.getAccounts(["name"])), "a person's token ends").toMatchObject({ code: 190, error_subcode: 463 });
    expect(await client("Page", page, pageToken).get(["name"]), "the page's does not").toMatchObject({ name: "Pemkab Tegal" });
    await lab.clock(0);
  });
});
