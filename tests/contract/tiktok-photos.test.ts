/** How the TikTok connector publishes photos before the platform lab. */
import { describe, expect, test } from "vitest";
import { listen } from "../support/listener.ts";
import { connectorOf, failure, handle, idOf, tiktokDesk } from "../support/tiktok-desk.ts";

describe("photos on TikTok", () => {
  const desk = tiktokDesk();
  const { photos, publication, times, calls } = desk;

  test("photos are fetched by TikTok and stand with their title, once", async () => {
    const result = await publication("Jadwal SIM keliling", { ...photos("a", "b"), title: "SIM keliling" }).publish();
    expect(result).toMatchObject({ published: { permalink: `${desk.lab().api}/@${handle}/photo/${idOf(result)}` } });
    const [init] = await calls("POST content/init");
    expect(init?.body).toEqual({
      media_type: "PHOTO",
      post_mode: "DIRECT_POST",
      post_info: {
        title: "SIM keliling",
        description: "Jadwal SIM keliling",
        privacy_level: "PUBLIC_TO_EVERYONE",
        disable_comment: false,
        auto_add_music: false,
        brand_content_toggle: false,
        brand_organic_toggle: false,
      },
      source_info: {
        source: "PULL_FROM_URL",
        photo_images: [`${desk.pictures().url}/media/a`, `${desk.pictures().url}/media/b`],
        photo_cover_index: 0,
      },
    });
    const [post] = await connectorOf(desk.lab()).fetchPosts(desk.account(), new Date(0));
    expect(post).toMatchObject({ remoteId: idOf(result), text: "Jadwal SIM keliling", visual: "image", hasAlt: null });
    const page = await (await fetch(`${desk.lab().api}/@${handle}/photo/${idOf(result)}`)).text();
    expect(page).toContain("SIM keliling");
    expect(page.match(/<img src="\/media\/tiktok\/\d+"/g)).toHaveLength(2);
  });

  test.for(["accept-then-drop", "accept-then-500"])("photos whose answer was lost (%s): found in the list, once", async (fault) => {
    const mine = publication(`Foto: ${fault}`, photos("a"));
    await desk.lab().spoilTikTok("POST content/init", fault);
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    await expect.poll(mine.find).toMatchObject({ kind: "found" });
    expect(await times(`Foto: ${fault}`)).toBe(1);
  });

  test("photos whose request was lost are never taken for absent: TikTok may not list them", async () => {
    const mine = publication("Foto hilang", photos("a"));
    await desk.lab().spoilTikTok("POST content/init", "drop-before");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "unknown" });
  });

  test("photos that TikTok cannot fetch are tried again; a form that it does not take is refused", async () => {
    const away = { ...desk.picture("x"), publicUrl: async () => "http://127.0.0.1:1/x" };
    expect(await failure(publication("Tak terjangkau", { video: null, pictures: [away] }).publish())).toEqual({ kind: "retryable" });
    const png = await listen(() => ({ type: "image/png", body: Buffer.alloc(64, 1) }));
    const wrong = { ...desk.picture("y"), publicUrl: async () => `${png.url}/y.png` };
    expect(await failure(publication("PNG", { video: null, pictures: [wrong] }).publish())).toMatchObject({ code: "media-refused" });
    await png.close();
  });
});
