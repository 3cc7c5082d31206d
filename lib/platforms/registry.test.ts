import { beforeAll, expect, test, vi } from "vitest";
import { type Account, platforms } from "./contract.ts";
import { connectorFor, defaultBaseUrl, modesOf } from "./registry.ts";

const configured = {
  FACEBOOK_GRAPH_URL: "https://graph.contoh.id/",
  FACEBOOK_API_VERSION: "v26.0",
  INSTAGRAM_GRAPH_URL: "https://ig.contoh.id",
  INSTAGRAM_API_VERSION: "v26.0",
  BLUESKY_URL: "https://bsky.contoh.id",
  TELEGRAM_API_URL: "https://tg.contoh.id",
  TELEGRAM_WEBHOOK_SECRET: "rahasia",
  APP_URL: "https://garda.contoh.id",
  X_API_URL: "https://x.contoh.id",
};

beforeAll(() => {
  for (const [name, value] of Object.entries(configured)) vi.stubEnv(name, value);
});

test.each(platforms)("%s can be served by hand, and a person confirms what was published", async (platform) => {
  const connector = connectorFor(platform, "manual");
  const { profile, grant } = await connector.connect!({ baseUrl: "", identifier: " @PemkabTegal ", secret: "" });
  expect(profile).toMatchObject({ remoteId: "pemkabtegal", handle: "PemkabTegal", followers: null });
  const account: Account = { platform, mode: "manual", remoteId: profile.remoteId, handle: profile.handle, baseUrl: "", grant };
  const content = { text: "Halo", link: null, pictures: [], title: null, video: null, collaborators: [], replyTo: null, key: "k" };
  const checkpoint = { stage: "new", at: null, data: {} } as const;
  expect(await connector.publish(account, content, checkpoint, async () => undefined)).toEqual({ kind: "handed-over" });
  expect(await connector.findPublished(account, content, checkpoint)).toEqual({ kind: "unknown" });
  expect(await connector.fetchPosts(account, new Date(0))).toEqual([]);
  expect(modesOf(platform)).toContain("manual");
});

test("an account without a name cannot be connected", async () => {
  await expect(connectorFor("x", "manual").connect!({ baseUrl: "", identifier: "@ ", secret: "" })).rejects.toMatchObject({
    failure: { kind: "rejected", code: "identifier-missing" },
  });
});

test("the base address comes from the configuration", () => {
  expect(defaultBaseUrl("facebook")).toBe("https://graph.contoh.id");
  expect(defaultBaseUrl("instagram")).toBe("https://ig.contoh.id");
  expect(defaultBaseUrl("bluesky")).toBe("https://bsky.contoh.id");
  expect(defaultBaseUrl("telegram")).toBe("https://tg.contoh.id");
  expect(defaultBaseUrl("tiktok")).toBe("https://open.tiktokapis.com");
});
