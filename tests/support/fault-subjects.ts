/** The platforms whose connectors go through every fault that the lab can play. */
import type { Platform } from "#lib/platforms/contract.ts";
import { farPage } from "./world.ts";

export type FaultSubject = {
  platform: Platform;
  /** Where the platform stands in the lab. */
  base: string;
  /** The name of the irreversible call, as the lab's journal has it. */
  commit: string;
  /** What makes the account known to the lab, its token good again. */
  seed: object;
  /** What a person enters to connect the account. */
  login: { identifier: string; secret: string };
};

export const faultSubjects: FaultSubject[] = [
  {
    platform: "facebook",
    base: "meta",
    commit: "POST feed",
    seed: { pages: [{ ...farPage, name: "Dinkes Kabupaten Jayapura", username: "dinkesjayapura" }] },
    login: { identifier: farPage.id, secret: farPage.token },
  },
  {
    platform: "instagram",
    base: "ig",
    commit: "POST media_publish",
    seed: { accounts: [{ id: "17841400000000001", username: "pemkabtegal", name: "Pemkab Tegal", token: "IGAA-akun-uji" }] },
    login: { identifier: "pemkabtegal", secret: "IGAA-akun-uji" },
  },
  {
    platform: "telegram",
    base: "telegram",
    commit: "POST sendPhoto",
    seed: {
      bots: [{ id: 700100, token: "700100:AAH-garda_uji", username: "garda_bot", name: "Garda" }],
      channels: [{ id: -1001234567890, title: "Pemkab Tegal", username: "pemkabtegal", admins: [{ bot: 700100 }] }],
    },
    login: { identifier: "@pemkabtegal", secret: "700100:AAH-garda_uji" },
  },
  {
    platform: "x",
    base: "x",
    commit: "POST tweets",
    seed: { users: [{ id: "7001", name: "Pemkab Tegal", username: "pemkabtegal", token: "token-uji" }] },
    login: { identifier: "@PemkabTegal", secret: "token-uji" },
  },
];
