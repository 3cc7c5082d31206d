/** Posts of words, links and pictures. */

import { z } from "zod";
import { commit } from "../commit.ts";
import type { Account, Checkpoint, Content, Published } from "../contract.ts";
import { linkIsCard, outgoingText } from "../outgoing.ts";
import type { Graph } from "./client.ts";
import { readPermalink } from "./graph.ts";
import { listPosts } from "./lists.ts";
import { duplicateOfOurs } from "./replies.ts";
import { isPublication, matchFields } from "./transform.ts";

const idSchema = z.object({ id: z.string() });
export const mostPosts = 500;

type Save = (next: Checkpoint) => Promise<void>;
type Sent = { text: string; link: string | null; photos: string[] };

/** Uploads the pictures that are not there yet, then posts once. */
export async function sendPost(
  graph: Graph,
  account: Account,
  content: Content,
  checkpoint: Checkpoint,
  save: Save,
  now: () => Date,
): Promise<Published> {
  const prepared = await uploadPhotos(graph, account, content, checkpoint, save);
  const sent = toSend(content, prepared);
  const body = new URLSearchParams();
  if (sent.text !== "") body.set("message", sent.text);
  if (sent.link !== null) body.set("link", sent.link);
  if (sent.photos.length > 0) body.set("attached_media", JSON.stringify(sent.photos.map((id) => ({ media_fbid: id }))));
  const { id } = await commit(prepared, save, now(), () =>
    graph.post(`${account.remoteId}/feed`, body, idSchema, true).catch((error: unknown) => duplicateOfOurs(error, checkpoint)),
  );
  return { remoteId: id, permalink: await readPermalink(graph, id), ref: null };
}

/** Looks for the post since `since` by its words and its pictures; null where there is none. */
export async function findPost(
  graph: Graph,
  account: Account,
  content: Content,
  checkpoint: Checkpoint,
  since: Date,
): Promise<Published | null> {
  const posts = await listPosts(graph, { page: account.remoteId, since, most: mostPosts, fields: matchFields });
  const sent = toSend(content, checkpoint);
  const ours = posts.find((post) => isPublication(post, account.remoteId, sent));
  return ours ? { remoteId: ours.id, permalink: ours.permalink_url ?? null, ref: null } : null;
}

/** Uploads the pictures that the checkpoint does not know yet, unpublished, and saves the id of each at once. */
async function uploadPhotos(graph: Graph, account: Account, content: Content, checkpoint: Checkpoint, save: Save): Promise<Checkpoint> {
  let current = checkpoint;
  for (const picture of content.pictures) {
    const known = photoIds(current);
    if (known[picture.digest] !== undefined) continue;
    const form = new FormData();
    const bytes = new Uint8Array(await picture.read());
    form.set("source", new Blob([bytes], { type: picture.mime }), picture.mime === "image/png" ? "picture.png" : "picture.jpg");
    form.set("published", "false");
    if (picture.alt !== "") form.set("alt_text_custom", picture.alt);
    const { id } = await graph.post(`${account.remoteId}/photos`, form, idSchema, false);
    current = { stage: "prepared", at: current.at, data: { ...current.data, photos: { ...known, [picture.digest]: id } } };
    await save(current);
  }
  return current;
}

function photoIds(checkpoint: Checkpoint): Record<string, string> {
  return z.record(z.string(), z.string()).catch({}).parse(checkpoint.data.photos);
}

function toSend(content: Content, checkpoint: Checkpoint): Sent {
  const outgoing = { text: content.text, link: content.link, withPictures: content.pictures.length > 0 };
  const known = photoIds(checkpoint);
  return {
    text: outgoingText("facebook", outgoing),
    link: linkIsCard("facebook", outgoing) ? content.link : null,
    photos: content.pictures.map((picture) => known[picture.digest]).filter((id) => id !== undefined),
  };
}
