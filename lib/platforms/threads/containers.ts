/** Posts and replies on their way to Threads: containers that it fills, by fetching what it needs, and that are published later. */

import { z } from "zod";
import { type Account, type Checkpoint, type Content, PlatformFailure } from "../contract.ts";
import { outgoingText } from "../outgoing.ts";
import { containerGone, type Graph } from "./client.ts";

const idSchema = z.object({ id: z.string() });
const statusSchema = z.object({
  status: z.enum(["IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED", "PUBLISHED"]),
  error_message: z.string().optional(),
});
export type Status = z.output<typeof statusSchema>;

/** What the checkpoint knows: a container for each picture of a carousel, in their order, and the one to publish. */
const keptSchema = z.object({ children: z.array(z.string()).catch([]), container: z.string().nullable().catch(null) });

/** The waits between two looks at a container, in ms; together the minute that one attempt may take. */
const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const again = 60_000;

type Tools = { graph: Graph; save: (next: Checkpoint) => Promise<void>; now: () => Date; pause: (ms: number) => Promise<void> };

/** The text as it is published. */
export const textOf = ({ text, link, pictures, video }: Content): string =>
  outgoingText("threads", { text, link, withPictures: pictures.length > 0 || video !== null });

/** The id of the container that is, or was, to be published; null when there was none yet. */
export const containerOf = (checkpoint: Checkpoint): string | null => keptSchema.parse(checkpoint.data).container;

/** How a container stands; null when Threads will not tell, as of one that it does not know. */
export const readStatus = (graph: Graph, container: string): Promise<Status | null> =>
  graph.get(container, { fields: "status,error_message" }, statusSchema).catch((error: unknown) => {
    if (error instanceof PlatformFailure && error.failure.kind === "rejected") return null;
    throw error;
  });

/**
 * A container that is ready to be published, saved in the checkpoint as soon as Threads has named it. Ends as retryable while
 * Threads still works on it: the checkpoint keeps what there is. One that turns out published ends as ambiguous.
 */
export async function prepareContainer(tools: Tools, account: Account, content: Content, checkpoint: Checkpoint): Promise<Checkpoint> {
  const { graph, save } = tools;
  const path = `${account.remoteId}/threads`;
  let current = checkpoint;
  const keep = async (data: Checkpoint["data"]) => {
    current = { stage: "prepared", at: current.at, data: { ...current.data, ...data } };
    await save(current);
  };
  if (content.video && content.pictures.length > 0)
    throw new PlatformFailure({ kind: "rejected", code: "pictures-with-video" }, "threads: pictures beside a video");
  const kept = keptSchema.parse(current.data);
  const looks = [...waits];
  if (kept.container === null) {
    const children = [...kept.children];
    if (!content.video && content.pictures.length > 1) {
      for (const picture of content.pictures.slice(children.length)) {
        const body = { ...(await pictureFields(picture)), is_carousel_item: "true" };
        children.push((await graph.post(path, body, idSchema, false)).id);
        await keep({ children: [...children] });
      }
      for (const child of children) await finished(tools, current, content, child, looks);
    }
    const body = { ...(await mediaFields(content, children)), ...wordFields(content) };
    const { id } = await graph.post(path, body, idSchema, false).catch((error: unknown) => forgetChildren(error, current, save));
    await keep({ container: id });
  }
  await finished(tools, current, content, containerOf(current) ?? "", looks);
  return current;
}

function wordFields(content: Content): Record<string, string> {
  const text = textOf(content);
  return { ...(text === "" ? {} : { text }), ...(content.replyTo ? { reply_to_id: content.replyTo.remoteId } : {}) };
}

async function mediaFields({ pictures: [first, ...others], video, link }: Content, children: string[]): Promise<Record<string, string>> {
  if (video) return { media_type: "VIDEO", video_url: await video.publicUrl(), ...altField(video.alt) };
  if (first && others.length > 0) return { media_type: "CAROUSEL", children: children.join(",") };
  if (first) return pictureFields(first);
  // The text has the link too; told apart, it is the one whose preview is shown.
  return { media_type: "TEXT", ...(link === null ? {} : { link_attachment: link }) };
}

const pictureFields = async (picture: Content["pictures"][number]): Promise<Record<string, string>> => ({
  media_type: "IMAGE",
  image_url: await picture.publicUrl(),
  ...altField(picture.alt),
});

const altField = (alt: string): Record<string, string> => (alt === "" ? {} : { alt_text: alt });

/** Children that have expired before their carousel was made are made anew. */
async function forgetChildren(error: unknown, checkpoint: Checkpoint, save: Tools["save"]): Promise<never> {
  if (!isContainerGone(error)) throw error;
  await save(withoutContainers(checkpoint));
  throw new PlatformFailure({ kind: "retryable" }, "threads: a part of the carousel is gone", { cause: error });
}

export const isContainerGone = (error: unknown): boolean =>
  error instanceof PlatformFailure && error.failure.kind === "rejected" && error.failure.code === containerGone;

/** Waits until a container is ready. `looks` are the waits that this attempt has left. */
async function finished(tools: Tools, checkpoint: Checkpoint, content: Content, container: string, looks: number[]): Promise<void> {
  const { graph, save, now, pause } = tools;
  for (;;) {
    const told = await readStatus(graph, container);
    switch (told?.status) {
      case "FINISHED":
        return;
      case "PUBLISHED":
        await save({ ...checkpoint, stage: "committing", at: checkpoint.at ?? now().toISOString() });
        throw new PlatformFailure({ kind: "ambiguous" }, "threads: the container is published already");
      case "IN_PROGRESS": {
        const wait = looks.shift();
        if (wait === undefined)
          throw new PlatformFailure({ kind: "retryable", after: new Date(now().getTime() + again) }, "threads: the container is not ready");
        await pause(wait);
        continue;
      }
      default:
        await save(withoutContainers(checkpoint));
        throw new PlatformFailure(lost(told, content), `threads: the container is ${told?.status ?? "gone"}`);
    }
  }
}

/** The same without containers: they are made anew by the next attempt. */
export function withoutContainers(checkpoint: Checkpoint): Checkpoint {
  const { children: _, container: __, ...data } = checkpoint.data;
  return { stage: "prepared", at: checkpoint.at, data };
}

/** What Threads names as wrong with a file stays wrong; a download that failed, or an error without a name, may pass. */
function lost(told: Status | null, { video }: Content): PlatformFailure["failure"] {
  const reason = told?.status === "ERROR" ? (told.error_message ?? "") : "";
  if (!/^(INVALID_|FAILED_PROCESSING_)/.test(reason)) return { kind: "retryable" };
  return { kind: "rejected", code: video ? "video-refused" : "picture-refused" };
}
