// How many contents a second are checked against everything that a platform asks, and how many rules there are.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { CheckedContent } from "#lib/platforms/checked.ts";
import { platforms } from "#lib/platforms/contract.ts";
import { checkContent } from "#lib/platforms/problems.ts";
import { rules } from "#lib/platforms/rules.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
const wanted = values.scale === "smoke" ? 500 : 10_000;

const picture = { mime: "image/jpeg", width: 1080, height: 1350, bytes: 400_000, alt: "Petugas melayani warga di loket" } as const;
const video = {
  mime: "video/mp4",
  width: 720,
  height: 1280,
  bytes: 9_000_000,
  alt: "Pompa bekerja",
  durationMs: 40_000,
  frameRate: 30,
} as const;
const sentence = "Imunisasi gratis buka Senin pukul 08.00 WIB di Puskesmas Balapulang, bawa buku KIA 👨‍👩‍👧‍👦 #TegalSehat @dinkestegal. ";
const blank = { title: null, link: null, pictures: [], video: null, firstComment: null, collaborators: [] };

/** Posts as people write them: short and long, with links, pictures, a video, and some that break rules. */
const contents: CheckedContent[] = [
  { ...blank, text: sentence },
  { ...blank, text: sentence.repeat(3), link: "https://dinkes.tegalkab.go.id/imunisasi" },
  { ...blank, text: sentence.repeat(2), pictures: [picture, picture], firstComment: "Jadwal lengkap: dinkes.tegalkab.go.id/jadwal" },
  { ...blank, text: sentence, video, title: "Imunisasi Senin" },
  { ...blank, text: sentence.repeat(18), pictures: [{ ...picture, mime: "image/webp", width: 3000 }], collaborators: ["pemkabtegal"] },
];

let checked = 0;
let problems = 0;
const began = performance.now();
while (checked < wanted)
  for (const content of contents)
    for (const platform of platforms) {
      problems += checkContent(platform, content).length;
      checked += 1;
    }
const seconds = (performance.now() - began) / 1000;
console.log(`${checked} contents checked in ${seconds.toFixed(2)} s, ${problems} problems found`);
console.log(
  JSON.stringify({
    validations_per_s: Math.round(checked / seconds),
    rules: rules.length,
    conditions: `${values.scale}; ${contents.length} posts on ${platforms.length} platforms; ${availableParallelism()} cores, Node ${process.version}`,
  }),
);
