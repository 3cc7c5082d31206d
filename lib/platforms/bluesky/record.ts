/** A post as an AT Protocol record: its key, its facets, its embeds. Pure. */

import { createHash } from "node:crypto";
import type { Content, Json } from "../contract.ts";
import { countUtf8 } from "../counting.ts";
import { findHashtags, findLinks, findMentions } from "../links.ts";
import { linkIsCard, type Outgoing, outgoingText } from "../outgoing.ts";

export const postCollection = "app.bsky.feed.post";

const alphabet = "234567abcdefghijklmnopqrstuvwxyz";
const uuid7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * The record key of a publication: always the same for the same key, so that a repeated write meets its own first one.
 * A TID holds microseconds (53 bits) and a clock id (10 bits): the time is the UUID's own, the rest comes from its digest.
 */
export function recordKey(key: string): string {
  const digest = createHash("sha256").update(key).digest();
  const parts = uuid7.exec(key);
  const micros = parts
    ? BigInt(`0x${parts[1]}${parts[2]}`) * 1000n + BigInt(digest.readUInt32BE(0) % 1000)
    : digest.readBigUInt64BE(0) & 0x3_ffff_ffff_ffffn;
  let value = (micros << 10n) | BigInt(digest.readUInt16BE(4) & 0x3ff);
  let text = "";
  for (let i = 0; i < 13; i += 1) {
    text = alphabet[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}

/** The handles that a text mentions, without `@`; only a domain name can be a handle. */
export function mentionedHandles(text: string): string[] {
  const handles = findMentions(text).map((mention) => mention.text.slice(1).toLowerCase());
  return [...new Set(handles.filter((handle) => handle.includes(".")))];
}

/** Links, hashtags and mentions as ranges of UTF-8 bytes. `dids`: what the mentioned handles resolved to. */
export function facetsOf(text: string, dids: ReadonlyMap<string, string>): Json[] {
  const at = (index: number) => countUtf8(text.slice(0, index));
  const facet = (span: { start: number; end: number }, feature: { [key: string]: Json }): Json => ({
    index: { byteStart: at(span.start), byteEnd: at(span.end) },
    features: [feature],
  });
  const links = findLinks(text).map((span) => {
    const uri = /^https?:\/\//i.test(span.text) ? span.text : `https://${span.text}`;
    return facet(span, { $type: "app.bsky.richtext.facet#link", uri });
  });
  const tags = findHashtags(text).map((span) => facet(span, { $type: "app.bsky.richtext.facet#tag", tag: span.text.slice(1) }));
  const mentions = findMentions(text).flatMap((span) => {
    const did = dids.get(span.text.slice(1).toLowerCase());
    return did === undefined ? [] : [facet(span, { $type: "app.bsky.richtext.facet#mention", did })];
  });
  return [...links, ...tags, ...mentions];
}

/** What of a content makes its text: a picture or a video takes the place of the link's card. */
export const outgoingOf = ({ text, link, pictures, video }: Content): Outgoing => ({
  ...{ text, link },
  withPictures: pictures.length > 0 || video !== null,
});

export type StrongRef = { uri: string; cid: string };

/** The record of a post or a reply. `blobs` are the uploaded pictures in their order, or the video. */
export function postRecord(
  content: Content,
  parts: { createdAt: string; blobs: Json[]; dids: ReadonlyMap<string, string>; reply: { root: StrongRef; parent: StrongRef } | null },
): { [key: string]: Json } {
  const outgoing = outgoingOf(content);
  const text = outgoingText("bluesky", outgoing);
  const facets = facetsOf(text, parts.dids);
  const embed = linkIsCard("bluesky", outgoing) ? card(content.link!) : (video(content, parts.blobs) ?? images(content, parts.blobs));
  return {
    $type: postCollection,
    text,
    createdAt: parts.createdAt,
    ...(facets.length > 0 ? { facets } : {}),
    ...(embed ? { embed } : {}),
    ...(parts.reply ? { reply: parts.reply } : {}),
  };
}

/** The page itself is not fetched for its title: the address is what the author vouches for. */
function card(link: string): Json {
  return { $type: "app.bsky.embed.external", external: { uri: link, title: new URL(link).host, description: "" } };
}

function video(content: Content, blobs: Json[]): Json | null {
  if (!content.video) return null;
  const { alt, width, height } = content.video;
  return { $type: "app.bsky.embed.video", video: blobs[0] ?? null, ...(alt === "" ? {} : { alt }), aspectRatio: { width, height } };
}

function images(content: Content, blobs: Json[]): Json | null {
  if (blobs.length === 0) return null;
  return {
    $type: "app.bsky.embed.images",
    images: content.pictures.map(({ alt, width, height }, index) => ({ alt, image: blobs[index] ?? null, aspectRatio: { width, height } })),
  };
}
