/** Pictures and video on their way to Instagram: containers that it fills by fetching, and that are published later. */

import { z } from "zod";
import { type Account, type Checkpoint, type Content, PlatformFailure } from "../contract.ts";
import { outgoingText } from "../outgoing.ts";
import { unlessGone } from "../rejections.ts";
import { type Graph, unknownCollaborator } from "./client.ts";

const idSchema = z.object({ id: z.string() });
const statusSchema = z.object({
  status_code: z.enum(["IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED", "PUBLISHED"]),
  status: z.string().optional(),
});
export type Status = z.output<typeof statusSchema>;

/** What the checkpoint knows: a container for each picture of a carousel, in their order, and the one to publish. */
const keptSchema = z.object({ children: z.array(z.string()).catch([]), container: z.string().nullable().catch(null) });

/** The waits between two looks at a container, in ms; together the minute that one attempt may take. */
const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const again = 60_000;
const mostCollaborators = 3;

type Tools = { graph: Graph; save: (next: Checkpoint) => Promise<void>; now: () => Date; pause: (ms: number) => Promise<void> };

/** The caption as it is published. */
export const captionOf = (content: Content): string =>
  outgoingText("instagram", { text: content.text, link: content.link, withPictures: content.pictures.length > 0 });

/** The id of the container that is, or was, to be published; null when there was none yet. */
export const containerOf = (checkpoint: Checkpoint): string | null => keptSchema.parse(checkpoint.data).container;

/** How a container stands; null when Instagram says that it does not know it. */
export const readStatus = (graph: Graph, container: string): Promise<Status | null> =>
  unlessGone(graph.get(container, { fields: "status_code,status" }, statusSchema), null);

/**
 * A container that is ready to be published, saved in the checkpoint as soon as Instagram has named it. Ends as retryable while
 * Instagram still works on it: the checkpoint keeps what there is. One that turns out published ends as ambiguous.
 */
export async function prepareContainer(tools: Tools, account: Account, content: Content, checkpoint: Checkpoint): Promise<Checkpoint> {
  const { graph, save } = tools;
  const path = `${account.remoteId}/media`;
  let current = checkpoint;
  const keep = async (data: Checkpoint["data"]) => {
    current = { stage: "prepared", at: current.at, data: { ...current.data, ...data } };
    await save(current);
  };
  checkContent(content);
  const kept = keptSchema.parse(current.data);
  const looks = [...waits];
  if (kept.container === null) {
    const about = { caption: captionOf(content), ...collaboratorFields(content) };
    const single = await singleFields(content);
    if (single) {
      const { id } = await graph.post(path, { ...single, ...about }, idSchema, false).catch((error: unknown) => withNames(error, content));
      await keep({ container: id });
    } else {
      const children = [...kept.children];
      for (const picture of content.pictures.slice(children.length)) {
        const body = { ...(await pictureFields(picture)), is_carousel_item: "true" };
        children.push((await graph.post(path, body, idSchema, false)).id);
        await keep({ children: [...children] });
      }
      for (const child of children) await finished(tools, current, child, looks);
      const body = { media_type: "CAROUSEL", children: children.join(","), ...about };
      const { id } = await graph.post(path, body, idSchema, false).catch((error: unknown) => withNames(error, content));
      await keep({ container: id });
    }
  }
  await finished(tools, current, containerOf(current) ?? "", looks);
  return current;
}

function checkContent(content: Content): void {
  const code = problemOf(content);
  if (code !== null) throw new PlatformFailure({ kind: "rejected", code }, `instagram: ${code}`);
}

function problemOf({ pictures, video, collaborators }: Content): string | null {
  if (video && pictures.length > 0) return "pictures-with-video";
  if (!video && pictures.length === 0) return "picture-required";
  return collaborators.length > mostCollaborators ? "collaborators-too-many" : null;
}

/** What makes a container of one picture or a video; null where there are several pictures. */
async function singleFields({ pictures: [first, ...others], video }: Content): Promise<Record<string, string> | null> {
  if (video) return { media_type: "REELS", video_url: await video.publicUrl(), share_to_feed: "true" };
  return first && others.length === 0 ? pictureFields(first) : null;
}

async function pictureFields(picture: Content["pictures"][number]): Promise<Record<string, string>> {
  const image_url = await picture.publicUrl();
  return picture.alt === "" ? { image_url } : { image_url, alt_text: picture.alt };
}

const collaboratorFields = ({ collaborators }: Content): Record<string, string> =>
  collaborators.length === 0 ? {} : { collaborators: JSON.stringify(collaborators) };

/** Instagram may keep to itself whom it cannot invite: then every name is under suspicion. */
function withNames(error: unknown, { collaborators }: Content): never {
  if (!(error instanceof PlatformFailure) || error.failure.kind !== "rejected" || error.failure.code !== unknownCollaborator) throw error;
  const told = error.failure.detail ?? "";
  const named = collaborators.filter((name) => told.includes(name));
  const detail = (named.length > 0 ? named : collaborators).join(", ");
  throw new PlatformFailure({ ...error.failure, detail }, "instagram: a collaborator is refused", { cause: error });
}

/** Waits until a container is ready. `looks` are the waits that this attempt has left. */
async function finished(tools: Tools, checkpoint: Checkpoint, container: string, looks: number[]): Promise<void> {
  const { graph, save, now, pause } = tools;
  for (;;) {
    const status = await readStatus(graph, container);
    switch (status?.status_code) {
      case "FINISHED":
        return;
      case "PUBLISHED":
        await save({ ...checkpoint, stage: "committing", at: checkpoint.at ?? now().toISOString() });
        throw new PlatformFailure({ kind: "ambiguous" }, "instagram: the container is published already");
      case "IN_PROGRESS": {
        const wait = looks.shift();
        if (wait === undefined)
          throw new PlatformFailure(
            { kind: "retryable", after: new Date(now().getTime() + again) },
            "instagram: the container is not ready",
          );
        await pause(wait);
        continue;
      }
      default:
        await save(withoutContainers(checkpoint));
        throw new PlatformFailure(lost(status), `instagram: the container is ${status?.status_code ?? "gone"}`);
    }
  }
}

/** The same without containers: they are made anew by the next attempt. */
export function withoutContainers(checkpoint: Checkpoint): Checkpoint {
  const { children: _, container: __, ...data } = checkpoint.data;
  return { stage: "prepared", at: checkpoint.at, data };
}

/** What Instagram refuses it refuses again; whatever else spoils a container may pass. */
function lost(status: Status | null): PlatformFailure["failure"] {
  const told = status?.status_code === "ERROR" ? (status.status ?? "") : "";
  if (/220700[459]|2207010|2207028/.test(told)) return { kind: "rejected", code: "picture-refused", detail: told };
  if (/2207026/.test(told)) return { kind: "rejected", code: "video-refused", detail: told };
  return { kind: "retryable" };
}
