/** Rules of the lab, and of delivery, each with the change that switches it off and the tests that must fail then. */
import { delivery } from "./delivery.ts";
import { facebook } from "./facebook.ts";
import { instagram } from "./instagram.ts";
import type { Mutant } from "./mutant.ts";
import { shared } from "./shared.ts";
import { telegram } from "./telegram.ts";
import { threads } from "./threads.ts";
import { tiktok } from "./tiktok.ts";
import { whatsapp } from "./whatsapp.ts";
import { x } from "./x.ts";
import { youtube } from "./youtube.ts";

export const mutants: Mutant[] = [
  ...shared,
  ...delivery,
  ...facebook,
  ...instagram,
  ...threads,
  ...x,
  ...youtube,
  ...telegram,
  ...tiktok,
  ...whatsapp,
];
