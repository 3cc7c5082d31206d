import fs from "node:fs";
import path from "node:path";
import { demoPassword, named } from "./people.ts";

const uses: readonly (readonly [person: { name: string; email: string }, use: string])[] = [
  [named.admin, "admin medsos, Dinsos Kab. Tegal: writes posts, answers citizens"],
  [named.verifier, "verifikator at Diskominfo Kab. Tegal: approves for 27 agencies and 18 kecamatan"],
  [named.head, "kepala Diskominfo Kab. Tegal: leaderboard, report cards"],
  [named.supervisor, "kabid IKP Kab. Tegal: queues and inboxes of the whole regency"],
  [named.analyst, "analis Puspen, Kemendagri: scores of every region"],
  [named.regionAdmin, "system administrator, Kab. Tegal: people, accounts"],
  [named.ministryAdmin, "system administrator, Kemendagri"],
];

/** Tells who can log in to the demo, in a file that `npm start` prints. */
export function writeDemoAccounts(folder: string, address: string) {
  const width = Math.max(...uses.map(([{ email }]) => email.length));
  const lines = uses.map(([{ name, email }, use]) => `  ${email.padEnd(width)}  ${name}, ${use}`);
  write(folder, [`Demo accounts at ${address} (all data is simulated)`, `Password of everyone: ${demoPassword}`, "", ...lines]);
}

export const writeAdministrator = (folder: string, address: string, { email, password }: { email: string; password: string }) =>
  write(folder, [
    `First administrator at ${address}`,
    `  ${email}`,
    `  Password: ${password}`,
    "Create the people you need, then delete this file.",
  ]);

function write(folder: string, lines: readonly string[]) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "accounts.txt"), `${lines.join("\n")}\n`, { mode: 0o600 });
}
