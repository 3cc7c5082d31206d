import { randomBytes } from "node:crypto";
import type { InstagramSeed } from "#lib/lab/instagram/seed.ts";
import type { TelegramSeed } from "#lib/lab/telegram/seed.ts";
import type { ThreadsSeed } from "#lib/lab/threads/seed.ts";
import type { TikTokSeed } from "#lib/lab/tiktok/seed.ts";
import type { XSeed } from "#lib/lab/x/seed.ts";
import type { YoutubeSeed } from "#lib/lab/youtube/seed.ts";
import { type DemoUnit, demoUnits } from "./units.ts";

/** Agencies that have accounts on the other platforms too, waiting to be connected by their people. */
const handles = ["dinsos", "diskominfo", "dinkes", "disdukcapil", "bpbd"];

/** With this token a person connects the demo's Telegram channels. */
export const demoBot = { id: 700_100, token: "700100:bot-simulasi-garda", username: "garda_simulasi_bot" };

const token = () => randomBytes(24).toString("base64url");

/** Gives the lab's other platforms their accounts; nothing when they are there. */
export async function fillLabAccounts(labUrl: string): Promise<void> {
  const units = demoUnits.filter(({ region, shortName }) => region === "tegal" && handles.includes(shortName.toLowerCase()));
  const [first] = units;
  if (!first || (await fetch(`${labUrl}/x/${nameOf(first)}`)).ok) return;
  await seed(labUrl, "instagram", { accounts: accounts(units, 17_841_400_000_000_100) } satisfies InstagramSeed);
  await seed(labUrl, "threads", { accounts: accounts(units, 17_841_500_000_000_100) } satisfies ThreadsSeed);
  await seed(labUrl, "x", {
    users: accounts(units, 1_500_000_000_000_100).map(({ id, name, username, token: access, followers, about }) => ({
      ...{ id, name: name.slice(0, 50), username, token: access, followers, about },
    })),
  } satisfies XSeed);
  await seed(labUrl, "youtube", {
    audited: true,
    channels: units.map((unit, index) => ({
      id: `UCgardasimulasi${String(index).padStart(9, "0")}`,
      title: unit.name,
      handle: nameOf(unit),
      token: token(),
      subscribers: 120 + index * 45,
      about: aboutOf(unit),
    })),
  } satisfies YoutubeSeed);
  await seed(labUrl, "tiktok", {
    users: units.map((unit, index) => ({
      open_id: `garda-simulasi-${index + 1}`,
      username: nameOf(unit),
      name: unit.name,
      about: aboutOf(unit),
      followers: 300 + index * 80,
    })),
  } satisfies TikTokSeed);
  await seed(labUrl, "telegram", {
    bots: [{ ...demoBot, name: "Garda (simulasi)" }],
    channels: units.map((unit, index) => ({
      id: -1_001_000_000_100 - index,
      title: unit.name,
      username: nameOf(unit),
      about: aboutOf(unit),
      members: 210 + index * 30,
      group: { id: -1_002_000_000_100 - index, title: `Diskusi ${unit.shortName}` },
      admins: [{ bot: demoBot.id }],
    })),
  } satisfies TelegramSeed);
}

/** Short enough for every platform: X takes 15 characters. */
const nameOf = ({ handle }: DemoUnit) => `${handle.split(".")[0]}_tgl`;
const aboutOf = ({ name }: DemoUnit) => `${name} (data simulasi)`;

const accounts = (units: readonly DemoUnit[], from: number) =>
  units.map((unit, index) => ({
    id: String(BigInt(from) + BigInt(index)),
    username: nameOf(unit),
    name: unit.name,
    token: token(),
    followers: 800 + index * 150,
    about: aboutOf(unit),
  }));

async function seed(labUrl: string, platform: string, rows: object): Promise<void> {
  const answer = await fetch(`${labUrl}/_lab/seed`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ platform, ...rows }),
  });
  if (!answer.ok)
    throw new Error(`the platform lab refused its ${platform} accounts: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
}
