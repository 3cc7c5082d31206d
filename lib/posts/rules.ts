import type { Problem } from "../core/errors.ts";
import type { CheckedPicture, CheckedVideo, Problem as PlatformProblem } from "../platforms/checked.ts";
import type { Mode, Platform } from "../platforms/contract.ts";
import { checkContent, takesFirstComment } from "../platforms/problems.ts";

// The life of a post until it stands on the schedule; from there its publications tell (delivery/rules.ts). Pure.

export const postStates = ["draft", "submitted", "returned", "approved", "scheduled", "rejected", "cancelled"] as const;
export type PostState = (typeof postStates)[number];
export type PostMove =
  | "submit"
  | "withdraw"
  | "approve"
  | "return"
  | "reject"
  | "schedule"
  | "unschedule"
  | "revise"
  | "cancel"
  | "emergency";

/** Every move that exists. What is not here cannot happen. */
export const transitions: Record<PostState, Partial<Record<PostMove, PostState>>> = {
  draft: { submit: "submitted", cancel: "cancelled", emergency: "approved" },
  submitted: { withdraw: "draft", approve: "approved", return: "returned", reject: "rejected", cancel: "cancelled", emergency: "approved" },
  returned: { submit: "submitted", cancel: "cancelled", emergency: "approved" },
  approved: { schedule: "scheduled", revise: "draft", cancel: "cancelled" },
  scheduled: { unschedule: "approved", revise: "draft", cancel: "cancelled" },
  rejected: {},
  cancelled: {},
};

export const nextState = (state: PostState, move: PostMove): PostState | null => transitions[state][move] ?? null;
/** Content changes only here; elsewhere it must first be taken back, so that approval covers exactly what was approved. */
export const isEditable = (state: PostState) => state === "draft" || state === "returned";

/** Content pillars: what a post is for. */
export const pillars = [
  "layanan",
  "edukasi",
  "hasil",
  "informasi",
  "program",
  "peringatan",
  "seremoni",
  "partisipasi",
  "klarifikasi",
  "budaya",
] as const;
export type Pillar = (typeof pillars)[number];

/** The six points of verification (kredibel, integritas, profesional, responsif, terintegrasi, keterwakilan). */
export const checkpoints = ["credible", "integrity", "professional", "responsive", "integrated", "representative"] as const;
export type Checklist = Record<(typeof checkpoints)[number], boolean>;

export type DraftChannel = {
  channelId: string;
  platform: Platform;
  mode: Mode;
  text: string | null;
  firstComment: string | null;
  collaborators: readonly string[];
};
export type DraftContent = {
  title: string | null;
  text: string;
  link: string | null;
  source: string | null;
  channels: DraftChannel[];
  pictures: CheckedPicture[];
  video: CheckedVideo | null;
};

/** Whether the post's first comment goes out on a channel; on one served by hand the person writes it there. */
export const carriesFirstComment = ({ platform, mode }: Pick<DraftChannel, "platform" | "mode">) =>
  mode === "manual" || takesFirstComment(platform);

/**
 * What a channel's platform finds in a draft. Where a person publishes by hand, the first comment is always possible, and
 * a video may be too large for us: he takes it from where it is.
 */
export const channelProblems = (content: DraftContent, channel: DraftChannel): PlatformProblem[] =>
  checkContent(channel.platform, {
    title: content.title,
    text: channel.text ?? content.text,
    link: content.link,
    pictures: content.pictures,
    video: content.video,
    firstComment: channel.firstComment,
    collaborators: channel.collaborators,
  }).flatMap((problem) => {
    if (channel.mode !== "manual") return [problem];
    if (problem.code === "comment-not-possible") return [];
    return [problem.code === "video-required" ? { ...problem, severity: "warn" as const } : problem];
  });

/** What keeps a post from being submitted: nothing chosen, nothing written, or a platform that would refuse it. */
export function blockers(content: DraftContent): Problem[] {
  if (!content.channels.length) return [{ field: "channels", code: "no-channel" }];
  const problems = content.channels.flatMap((channel) =>
    channelProblems(content, channel)
      .filter((p) => p.severity === "stop")
      .map((p) => ({ field: `channel.${channel.channelId}`, code: p.code, params: { ...p.params, platform: p.platform } })),
  );
  return problems;
}

/** Nobody verifies what he wrote, not even a part of it. */
export const mayDecide = (decider: string, writers: readonly string[]) => !writers.includes(decider);

/** What keeps a decision from being taken. */
export function decisionProblems(decision: "approve" | "return" | "reject", note: string, checklist: Checklist): Problem[] {
  if (decision === "approve")
    return checkpoints.some((c) => !checklist[c])
      ? [{ field: "checklist", code: "checklist-open", params: { count: checkpoints.filter((c) => !checklist[c]).length } }]
      : [];
  return note.trim() ? [] : [{ field: "note", code: "note-required" }];
}

/** A schedule lies in the future and within a year. */
export function scheduleProblems(publishAt: Date | null, now: Date): Problem[] {
  if (!publishAt) return [{ field: "publishAt", code: "time-required" }];
  if (publishAt.getTime() < now.getTime() - 60_000) return [{ field: "publishAt", code: "time-past" }];
  if (publishAt.getTime() > now.getTime() + 366 * 86_400_000) return [{ field: "publishAt", code: "time-far" }];
  return [];
}

/** Largest table of planned posts, in bytes. */
export const mostPlanBytes = 2 * 1024 * 1024;
