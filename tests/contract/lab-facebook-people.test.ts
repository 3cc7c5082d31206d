import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { labSecret, labVerifyToken, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";

let lab: RunningLab;
let app: Listener;
let failures = 0;
const form = "/facebook/1001/posts/9000/comments";

beforeAll(async () => {
  lab = await startLab();
  app = await listen(({ method, url }) => {
    const query = new URL(url, "http://app.invalid").searchParams;
    if (method === "GET")
      return query.get("hub.verify_token") === labVerifyToken ? { body: query.get("hub.challenge") ?? "" } : { status: 403 };
    return { status: failures-- > 0 ? 500 : 200 };
  });
});
afterAll(async () => {
  await lab.stop();
  await app.close();
});
beforeEach(async () => {
  failures = 0;
  await lab.reset();
  await lab.seed({
    pages: [{ id: "1001", name: "Diskominfo", username: "diskominfo", token: "token-diskominfo" }],
    posts: [{ page: "1001", id: "9000", message: '<img src=x onerror="alert(1)"> & halo', created_time: "2026-07-30T01:00:00Z" }],
    comments: [
      {
        post: "9000",
        id: "1",
        from: { id: "777", name: "<b>Siti</b>" },
        message: "</textarea><script>1</script>",
        created_time: "2026-07-30T02:00:00Z",
      },
    ],
  });
});

const visit = (path: string, init?: RequestInit) => fetch(`${lab.url}${path}`, { redirect: "manual", ...init });
const write = (fields: { [name: string]: string }, headers: { [name: string]: string } = {}) =>
  visit(form, { method: "POST", body: new URLSearchParams(fields), headers });

describe("public pages", () => {
  it("show a page and a post with everything escaped, and allow no script at all", async () => {
    for (const path of ["/", "/facebook/diskominfo", "/facebook/1001/posts/9000", "/facebook/1001/posts/9000?balas=9000_1"]) {
      const answer = await visit(path);
      const text = await answer.text();
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
      expect(text).toContain('<html lang="id">');
      expect(text).toMatch(/Simulasi: ini bukan .+\. Data dan percakapan tidak sebenarnya\./);
      expect(text).not.toMatch(/<script|onerror="|<b>|style=/);
    }
    expect(await (await visit("/facebook/1001/posts/9000")).text()).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; halo");
  });

  it("find an account by part of its name, taking wildcards literally", async () => {
    expect(await (await visit("/?q=komin")).text()).toContain("/facebook/diskominfo");
    expect(await (await visit("/?q=%25")).text()).not.toContain("/facebook/diskominfo");
  });

  it("take a visitor's comment and a reply, and lead back to them", async () => {
    const first = await write({ name: "Budi", message: "Terima kasih" });
    expect(first.status).toBe(303);
    expect(first.headers.get("location")).toMatch(/^\/facebook\/1001\/posts\/9000#komentar-\d+$/);
    await write({ name: "Ani", message: "Setuju", parent: "9000_1" });
    const listed = await (
      await visit(
        "/meta/1001_9000/comments?filter=stream&order=chronological&fields=message,from{name},parent{id}&access_token=token-diskominfo",
      )
    ).json();
    expect(listed).toMatchObject({
      data: [{}, { message: "Terima kasih", from: { name: "Budi" } }, { message: "Setuju", parent: { id: "9000_1" } }],
    });
  });

  it("say beside the field what is wrong and keep what was typed", async () => {
    const answer = await write({ name: " ", message: "Sudah <i>ditulis</i>" });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('aria-describedby="nama-salah"');
    expect(text).toContain("Tuliskan nama Anda.");
    expect(text).toContain("Sudah &lt;i&gt;ditulis&lt;/i&gt;</textarea>");
  });

  it("hide a hidden comment, refuse another site's form and a stranger's parent", async () => {
    await visit("/meta/9000_1", { method: "POST", body: new URLSearchParams({ is_hidden: "true", access_token: "token-diskominfo" }) });
    expect(await (await visit("/facebook/1001/posts/9000")).text()).not.toContain("Siti");
    expect((await write({ name: "a", message: "b" }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await write({ name: "a", message: "b", parent: "1_1" })).status).toBe(422);
    expect((await visit("/facebook/1001/posts/404")).status).toBe(404);
    expect((await visit("//example.com/facebook")).status).toBe(404);
  });
});

describe("webhooks", () => {
  const api = (method: string, path: string, fields: { [name: string]: string } = {}) =>
    visit(`/meta/${path}`, { method, body: new URLSearchParams({ access_token: "token-diskominfo", ...fields }) });

  it("sign the very bytes they send, escaped as Meta escapes them", async () => {
    await lab.webhooksTo(`${app.url}/hook`);
    expect((await app.next()).method).toBe("GET");
    await write({ name: "Budi", message: "Jalan rusak 🚧 é" });
    const { body, headers } = await app.next();
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${createHmac("sha256", labSecret).update(body).digest("hex")}`);
    const text = body.toString("latin1");
    expect(text).toContain("\\ud83d\\udea7 \\u00e9");
    const { object, entry } = JSON.parse(text);
    expect(object).toBe("page");
    expect(entry[0]).toMatchObject({
      id: "1001",
      changes: [
        {
          field: "feed",
          value: {
            item: "comment",
            verb: "add",
            message: "Jalan rusak 🚧 é",
            post_id: "1001_9000",
            parent_id: "1001_9000",
            from: { name: "Budi" },
          },
        },
      ],
    });
    // Whoever parses and serialises again before checking gets a different signature.
    expect(JSON.stringify(JSON.parse(text))).not.toBe(text);
  });

  it("tell of a reply, its edit, hiding and removal, in order", async () => {
    await lab.webhooksTo(app.url);
    await app.next();
    const { id } = (await (await api("POST", "9000_1/comments", { message: "Kami cek" })).json()) as { id: string };
    await api("POST", id, { message: "Kami cek dulu" });
    await api("POST", "9000_1", { is_hidden: "true" });
    await api("DELETE", id);
    const told = [];
    for (let i = 0; i < 4; i++) told.push(JSON.parse((await app.next()).body.toString()).entry[0].changes[0].value);
    expect(told.map(({ verb, comment_id, parent_id }) => [verb, comment_id, parent_id])).toEqual([
      ["add", id, "9000_1"],
      ["edited", id, "9000_1"],
      ["hide", "9000_1", "1001_9000"],
      ["remove", id, "9000_1"],
    ]);
  });

  it("are sent again until they are taken", async () => {
    await lab.webhooksTo(app.url);
    await app.next();
    failures = 1;
    await write({ name: "Budi", message: "Halo" });
    const [first, second] = [await app.next(), await app.next()];
    expect(second.body).toEqual(first.body);
  });

  it("are lost, or wait while they are held back, then come in the order asked for, each once", async () => {
    await lab.webhooksTo(app.url);
    await app.next();
    await lab.webhookFault({ platform: "facebook", fault: "drop" });
    await lab.webhookFault({ platform: "facebook", fault: "hold", times: 2 });
    for (const message of ["Hilang", "Satu", "Dua", "Tiga"]) await write({ name: "Budi", message });
    const told = async () => JSON.parse((await app.next()).body.toString()).entry[0].changes[0].value.message;
    const first = await told();
    await lab.releaseWebhooks("facebook", true);
    expect([first, await told(), await told()]).toEqual(["Tiga", "Dua", "Satu"]);
    const states = async () => (await lab.deliveries()).map(({ state, attempts }) => `${state} ${attempts}`);
    await expect.poll(states).toEqual([...Array(3).fill("delivered 1"), "dropped 0"]);
  });

  it("are not sent for seeded rows, nor for a page that did not subscribe", async () => {
    await lab.webhooksTo(app.url);
    await app.next();
    await api("DELETE", "1001/subscribed_apps");
    await write({ name: "Budi", message: "Halo" });
    expect(await lab.deliveries()).toEqual([]);
  });

  it("go only to an address on this machine that echoes the challenge", async () => {
    await expect(lab.webhooksTo("https://example.com/")).rejects.toThrow("422");
    const deaf = await listen(() => ({ body: "ok" }));
    await expect(lab.webhooksTo(deaf.url)).rejects.toThrow("hub.challenge");
    await deaf.close();
  });
});
