/** The text that goes out: with the link in it where the platform shows no card for it. Pure. */

import type { Platform } from "./contract.ts";
import { ways } from "./limits.ts";

/** `withPictures`: pictures or a video go along. */
export type Outgoing = { text: string; link: string | null; withPictures: boolean };

/** True when the link travels beside the text, as a card; a picture or a video takes the card's place. */
export function linkIsCard(platform: Platform, { link, withPictures }: Outgoing): boolean {
  return link !== null && !withPictures && ways[platform].link === "card";
}

/** The text as it is published, the link appended unless it is a card or already stands in the text. */
export function outgoingText(platform: Platform, outgoing: Outgoing): string {
  const { text, link } = outgoing;
  if (link === null || linkIsCard(platform, outgoing) || text.includes(link)) return text;
  return text.trim() === "" ? link : `${text}\n\n${link}`;
}
