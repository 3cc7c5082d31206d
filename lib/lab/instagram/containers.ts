import { invalid } from "../facebook/errors.ts";
import { flag, parameter } from "../facebook/parameters.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { checkCollaborators, invite } from "./collaboration.ts";
import { badCarousel, captionTooLong, dailyLimit, limited, noContainer, notReady, unknownType } from "./errors.ts";
import { fetchPicture } from "./pictures.ts";
import { type AccountRow, type ContainerRow, findContainer, findMedia, type MediaRow } from "./tables.ts";
import { fetchVideo, insertVideo } from "./videos.ts";

const DAY = 24 * 60 * 60_000;
const PROCESSING_MS = 250;
const FILM_PROCESSING_MS = 600;
const CONTAINERS_PER_DAY = 400;
export const POSTS_PER_DAY = 100;
const LONGEST_CAPTION = 2_200;
const LONGEST_ALT = 1_000;

export type Status = "IN_PROGRESS" | "FINISHED" | "ERROR" | "EXPIRED" | "PUBLISHED";

/** A list as clients send it: a JSON array or words with commas. */
function listParameter(request: LabRequest, name: string): string[] {
  const text = parameter(request, name)?.trim();
  if (!text) return [];
  try {
    const items: unknown = text.startsWith("[") ? JSON.parse(text) : text.split(",");
    if (Array.isArray(items)) return items.map((item) => String(item).trim());
  } catch {
    // Refused below.
  }
  throw invalid(`Param ${name} must be an array`);
}

function checkCaption(caption: string): void {
  const count = (pattern: RegExp) => caption.match(pattern)?.length ?? 0;
  if (caption.length > LONGEST_CAPTION || count(/#[\p{L}\p{N}_]+/gu) > 30 || count(/@[\w.]+/g) > 20) throw captionTooLong();
}

type Kind = "picture" | "carousel" | "reel";

function kindOf(request: LabRequest): Kind {
  const type = parameter(request, "media_type");
  if (type === "CAROUSEL") return "carousel";
  if (type === "REELS") return "reel";
  if (type === undefined || type === "IMAGE") return "picture";
  throw unknownType(type);
}

/** Fetches what a new container is to hold. A carousel holds other containers. */
async function fetchContent(kind: Kind, request: LabRequest) {
  const name = kind === "reel" ? "video_url" : "image_url";
  const url = parameter(request, name) ?? "";
  if (kind !== "carousel" && !url) throw invalid(`The parameter ${name} is required`);
  return {
    picture: kind === "picture" ? await fetchPicture(url) : null,
    video: kind === "reel" ? await fetchVideo(url) : null,
  };
}

/** POST /{account}/media. Throws GraphError for a picture, caption, carousel or collaborator that Instagram would refuse. */
export async function createContainer(lab: Lab, account: AccountRow, request: LabRequest): Promise<{ id: string }> {
  const kind = kindOf(request);
  const caption = (parameter(request, "caption") ?? "").trim();
  const alt = (parameter(request, "alt_text") ?? "").trim();
  checkCaption(caption);
  flag(request, "share_to_feed");
  if (alt.length > LONGEST_ALT) throw invalid("Param alt_text is too long");
  if (alt && kind === "reel") throw invalid("Param alt_text is for pictures only");
  const collaborators = checkCollaborators(lab, account, listParameter(request, "collaborators"));
  const { picture, video } = await fetchContent(kind, request);
  return lab.store.transaction(() => {
    const recent = "SELECT count(*) AS n FROM ig_container WHERE account = ? AND created > ?";
    if ((lab.store.get<{ n: number }>(recent, account.id, lab.now() - DAY)?.n ?? 0) >= CONTAINERS_PER_DAY) throw limited(80002);
    const children = kind === "carousel" ? checkChildren(lab, account, listParameter(request, "children")) : [];
    const id = lab.store.nextId();
    const item = kind === "picture" && flag(request, "is_carousel_item") === true;
    const ready = lab.now() + (video ? FILM_PROCESSING_MS : PROCESSING_MS);
    const problem = video && "problem" in video ? video.problem : null;
    lab.store.run(
      "INSERT INTO ig_container (id, account, item, caption, children, collaborators, created, ready, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ...[id, account.id, item ? 1 : 0, caption, JSON.stringify(children), JSON.stringify(collaborators), lab.now(), ready, problem],
    );
    if (picture) {
      lab.store.run(
        "INSERT INTO ig_picture (id, container, position, alt, width, height, bytes) VALUES (?, ?, 0, ?, ?, ?, ?)",
        ...[lab.store.nextId(), id, alt, picture.width, picture.height, picture.bytes],
      );
    }
    if (video && !("problem" in video)) insertVideo(lab, id, video);
    return { id };
  });
}

function checkChildren(lab: Lab, account: AccountRow, children: string[]): string[] {
  if (children.length < 2 || children.length > 10 || new Set(children).size < children.length) throw badCarousel();
  for (const id of children) {
    const child = findContainer(lab.store, id);
    if (child?.account !== account.id || child.item !== 1) throw badCarousel();
    if (!["IN_PROGRESS", "FINISHED"].includes(statusOf(lab, child))) throw badCarousel();
  }
  return children;
}

const childrenOf = (lab: Lab, container: ContainerRow): ContainerRow[] =>
  (JSON.parse(container.children) as string[]).map((id) => findContainer(lab.store, id)).filter((child) => child !== undefined);

/** Where a container stands now: processing takes a moment, and whoever is not published in a day has expired. */
export function statusOf(lab: Lab, container: ContainerRow): Status {
  if (container.media) return "PUBLISHED";
  if (lab.now() >= container.created + DAY) return "EXPIRED";
  if (container.held > 0 || lab.now() < container.ready) return "IN_PROGRESS";
  if (container.problem) return "ERROR";
  const children = childrenOf(lab, container).map((child) => statusOf(lab, child));
  if (children.some((status) => status === "ERROR" || status === "EXPIRED")) return "ERROR";
  return children.includes("IN_PROGRESS") ? "IN_PROGRESS" : "FINISHED";
}

/** The same, asked from outside: a container that a fault holds back lets go a little with every question. */
export function askStatus(lab: Lab, container: ContainerRow): { code: Status; text: string } {
  const code = statusOf(lab, container);
  if (container.held > 0) lab.store.run("UPDATE ig_container SET held = held - 1 WHERE id = ?", container.id);
  const texts: Record<Status, string> = {
    IN_PROGRESS: "In Progress: Media is still being processed.",
    FINISHED: "Finished: Media has been uploaded and it is ready to be published.",
    ERROR: `Error: ${container.problem ?? "Media upload has failed with error code 2207001"}`,
    EXPIRED: "Expired: Media was not published within 24 hours.",
    PUBLISHED: "Published: Media has been published.",
  };
  return { code, text: texts[code] };
}

/** How many posts were published through containers in the last day. */
export const publishedToday = (lab: Lab, account: string): number =>
  lab.store.get<{ n: number }>(
    "SELECT count(*) AS n FROM ig_media m WHERE account = ? AND created > ? AND EXISTS (SELECT 1 FROM ig_container c WHERE c.media = m.id AND c.item = 0)",
    ...[account, lab.now() - DAY],
  )?.n ?? 0;

/** A post's short code as addresses show it. */
export const shortcodeOf = (id: string): string =>
  `C${Buffer.from(BigInt(id).toString(16).padStart(14, "0"), "hex").toString("base64url")}`;

/** POST /{account}/media_publish. Throws GraphError: 9007 when published too early, 24 for one that cannot be, 9 over the quota. */
export function publish(lab: Lab, account: AccountRow, request: LabRequest): { id: string } {
  const container = findContainer(lab.store, parameter(request, "creation_id") ?? "");
  if (container?.account !== account.id || container.item === 1) throw noContainer();
  const status = statusOf(lab, container);
  if (status === "IN_PROGRESS") throw notReady();
  if (status !== "FINISHED") throw noContainer();
  if (publishedToday(lab, account.id) >= POSTS_PER_DAY) throw dailyLimit();
  const id = lab.store.nextId();
  insertMedia(lab, { id, account: account.id, caption: container.caption, created: lab.now() });
  const parts = container.children === "[]" ? [container.id] : (JSON.parse(container.children) as string[]);
  parts.forEach((part, position) => {
    lab.store.run("UPDATE ig_picture SET media = ?, position = ? WHERE container = ?", id, position, part);
  });
  lab.store.run("UPDATE ig_video SET media = ? WHERE container = ?", id, container.id);
  invite(lab, id, JSON.parse(container.collaborators) as string[]);
  for (const part of new Set([container.id, ...parts])) lab.store.run("UPDATE ig_container SET media = ? WHERE id = ?", id, part);
  return { id };
}

/** Stores a post with nothing but what a new one has. */
export function insertMedia(
  lab: Lab,
  { id, account, caption, created }: Pick<MediaRow, "id" | "account" | "caption" | "created">,
): MediaRow {
  lab.store.run(
    "INSERT INTO ig_media (id, account, shortcode, caption, created, likes, shares, saves, views, reach) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0)",
    ...[id, account, shortcodeOf(id), caption, created],
  );
  return findMedia(lab.store, id)!;
}
