/** The platforms whose connectors go through every fault that the lab can play. */
import { now } from "#lib/core/clock.ts";
import { keyedDigest, open, seal } from "#lib/core/crypto.ts";
import { keep } from "#lib/core/storage.ts";
import type { FrozenContent } from "#lib/delivery/content.ts";
import type { Opened, Platform } from "#lib/platforms/contract.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { toComment } from "#lib/platforms/whatsapp/transform.ts";
import { clip, clips, padded } from "./clips.ts";
import { jpeg } from "./instagram.ts";
import type { RunningLab } from "./lab.ts";
import { threadsId, threadsToken } from "./threads.ts";
import { farPage } from "./world.ts";

export type FaultSubject = {
  /** The platform, and what is published there. */
  name: string;
  platform: Platform;
  /** Where the platform stands in the lab. */
  base: string;
  /** The name of the irreversible call, as the lab's journal has it. */
  commit: string;
  /** What makes the account known to the lab, its token good again. */
  seed: object;
  open: (baseUrl: string) => Promise<Opened>;
  /** What a publication carries beside this text. */
  content: (text: string, lab: RunningLab) => Promise<Partial<FrozenContent>>;
};

/** Connected with what a person enters. */
const byKey = (platform: Platform, login: { identifier: string; secret: string }) => (baseUrl: string) =>
  connectorFor(platform, "api").connect!({ baseUrl, ...login });

/** Connected by a consent that was given before. */
const byConsent =
  (account: { remoteId: string; handle: string }, grant: () => Opened["grant"]): FaultSubject["open"] =>
  async () => ({
    profile: { ...account, name: "Pemkab Tegal", url: null, followers: null, commentsOpen: null },
    grant: grant(),
  });

const inOneYear = () => new Date(now().getTime() + 365 * 86_400_000).toISOString();

const picture = async () => ({
  pictures: [
    { digest: await keep(jpeg), mime: "image/jpeg" as const, width: 400, height: 400, bytes: jpeg.length, alt: "Loket imunisasi" },
  ],
});

async function film(kind: "vertical" | "wide", bytes: Buffer) {
  await keep(bytes);
  const { slice: _, publicUrl: __, ...video } = clip(kind, { alt: "Petugas di loket", bytes });
  return { video };
}

const tiktokUser = (name: string) => ({
  seed: { users: [{ open_id: `-000${name}`, username: name, name: "Pemkab Tegal", token: `act.${name}`, unlimited: true }] },
  open: byConsent({ remoteId: `-000${name}`, handle: name }, () => {
    const scopes = ["user.info.basic", "user.info.profile", "video.publish", "video.list"];
    return { accessToken: `act.${name}`, refreshToken: `rft.${name}`, scopes, refreshAfter: inOneYear(), expiresAt: inOneYear() };
  }),
});

const whatsappNumber = { id: "106540352242922", token: "EAAW-sistem-uji" };

/** A citizen asks, and waits for this answer. */
async function asked(_: string, lab: RunningLab): Promise<Partial<FrozenContent>> {
  const [id, phone, at, body] = [`wamid.${crypto.randomUUID()}`, "6281234567890", now(), "Pak, jam berapa loket buka?"];
  const message = { number: whatsappNumber.id, id, from: { phone, name: "Siti" }, text: body, date: at.toISOString() };
  await lab.seed({ platform: "whatsapp", messages: [message] });
  const told = { id, from: phone, timestamp: String(Math.floor(at.getTime() / 1000)), type: "text", text: { body } };
  const { remoteId, ref } = toComment(whatsappNumber.id, told, [], { digest: keyedDigest, seal, open })!;
  return { replyTo: { remoteId, postRemoteId: null, ref } };
}

export const faultSubjects: FaultSubject[] = [
  {
    name: "facebook",
    platform: "facebook",
    base: "meta",
    commit: "POST feed",
    seed: { pages: [{ ...farPage, name: "Dinkes Kabupaten Jayapura", username: "dinkesjayapura" }] },
    open: byKey("facebook", { identifier: farPage.id, secret: farPage.token }),
    content: picture,
  },
  {
    name: "instagram",
    platform: "instagram",
    base: "ig",
    commit: "POST media_publish",
    seed: { accounts: [{ id: "17841400000000001", username: "pemkabtegal", name: "Pemkab Tegal", token: "IGAA-akun-uji" }] },
    open: byKey("instagram", { identifier: "pemkabtegal", secret: "IGAA-akun-uji" }),
    content: picture,
  },
  {
    name: "telegram",
    platform: "telegram",
    base: "telegram",
    commit: "POST sendPhoto",
    seed: {
      bots: [{ id: 700100, token: "700100:AAH-garda_uji", username: "garda_bot", name: "Garda" }],
      channels: [{ id: -1001234567890, title: "Pemkab Tegal", username: "pemkabtegal", admins: [{ bot: 700100 }] }],
    },
    open: byKey("telegram", { identifier: "@pemkabtegal", secret: "700100:AAH-garda_uji" }),
    content: picture,
  },
  {
    name: "x",
    platform: "x",
    base: "x",
    commit: "POST tweets",
    seed: { users: [{ id: "7001", name: "Pemkab Tegal", username: "pemkabtegal", token: "token-uji" }] },
    open: byKey("x", { identifier: "@PemkabTegal", secret: "token-uji" }),
    content: picture,
  },
  {
    name: "threads",
    platform: "threads",
    base: "threads",
    commit: "POST threads_publish",
    seed: { accounts: [{ id: threadsId, username: "pemkabtegal", name: "Pemkab Tegal", token: threadsToken }] },
    open: byKey("threads", { identifier: "pemkabtegal", secret: threadsToken }),
    content: picture,
  },
  {
    name: "youtube",
    platform: "youtube",
    base: "google",
    commit: "PUT last",
    seed: {
      channels: [{ id: "UCpemkabtegal", title: "Pemkab Tegal", handle: "pemkabtegal", token: "ya29.uji", refresh_token: "1//uji" }],
    },
    // The access token is due for renewal before each publication.
    open: byConsent({ remoteId: "UCpemkabtegal", handle: "@pemkabtegal" }, () => ({
      ...{ accessToken: "ya29.uji", refreshToken: "1//uji", refreshAfter: "2026-01-01T00:00:00.000Z" },
    })),
    // Two pieces, and a picture as its thumbnail.
    content: async (text) => ({ title: text, ...(await film("wide", padded("wide", 300_000))), ...(await picture()) }),
  },
  {
    ...{ name: "tiktok, a photo", platform: "tiktok", base: "tiktok", commit: "POST content/init" },
    ...tiktokUser("fototegal"),
    content: picture,
  },
  {
    ...{ name: "tiktok, a video", platform: "tiktok", base: "tiktok", commit: "PUT upload" },
    ...tiktokUser("videotegal"),
    content: () => film("vertical", clips.vertical),
  },
  {
    name: "whatsapp, an answer",
    platform: "whatsapp",
    base: "whatsapp",
    commit: "POST messages",
    seed: {
      numbers: [{ ...whatsappNumber, waba: "102290129340398", display_phone_number: "+62 811-2345-678", verified_name: "Pemkab Tegal" }],
    },
    open: byKey("whatsapp", { identifier: whatsappNumber.id, secret: whatsappNumber.token }),
    content: asked,
  },
];
