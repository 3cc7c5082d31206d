import type { Actor, Reach } from "#lib/core/access.ts";
import { moveClockTo, now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import type { Role } from "#lib/core/roles.ts";
import { uploadPicture } from "#lib/media/uploading.ts";
import { saveDraft } from "#lib/posts/drafting.ts";
import { decideOnPost, submitPost } from "#lib/posts/review.ts";
import type { pillars } from "#lib/posts/rules.ts";
import { type Checklist, checkpoints } from "#lib/posts/rules.ts";
import { cancelPost } from "#lib/posts/scheduling.ts";
import type { DraftInput } from "#lib/posts/schema.ts";
import { drawPicture } from "./picture.ts";

/** What one writes, and where it goes: Instagram never without the unit's picture. */
export type Written = {
  text: string;
  to: "facebook" | "instagram" | "both";
  pillar: (typeof pillars)[number];
  source?: string;
  sourceDocument?: string;
  publishAt?: Date;
};

/** One post on the desk and who works on it; every step goes through the commands of lib/posts, at its own time. */
export class DeskPost {
  postId: string | null = null;
  private revision = 0;
  private readonly unit: DeskUnit;

  constructor(unit: DeskUnit) {
    this.unit = unit;
  }

  async write(at: Date, written: Written) {
    const { admin, id: unitId, facebook, instagram } = this.unit;
    const channels = written.to === "both" ? [facebook, instagram] : [written.to === "facebook" ? facebook : instagram];
    const input: DraftInput = {
      postId: this.postId,
      revision: this.revision,
      unitId,
      text: written.text,
      link: null,
      pillar: written.pillar,
      source: written.source ?? null,
      sourceDocument: written.sourceDocument ?? null,
      publishAt: written.publishAt?.toISOString() ?? null,
      channels: channels.map((channelId) => ({ channelId: channelId!, text: null })),
      media: written.to === "facebook" ? [] : [await this.unit.picture()],
    };
    const saved = await during(at, () => saveDraft(admin, input));
    if (!saved.ok) throw new Error(`demo draft: ${JSON.stringify(saved.problems)}`);
    this.postId = saved.postId;
    this.revision = saved.revision;
    return this;
  }

  submit = (at: Date) => this.step(at, (post) => submitPost(this.unit.admin, post));
  cancel = (at: Date) => this.step(at, (post) => cancelPost(this.unit.admin, post));

  decide = (at: Date, decision: "approve" | "return" | "reject", note = "") =>
    this.step(at, (post) => decideOnPost(this.unit.verifier, { ...post, decision, note, checklist: checked(decision === "approve") }));

  private async step(at: Date, command: (post: { postId: string; revision: number }) => Promise<{ ok: boolean }>) {
    const done = await during(at, () => command({ postId: this.postId!, revision: this.revision }));
    if (!done.ok) throw new Error(`demo post: ${JSON.stringify(done)}`);
    return this;
  }
}

const checked = (all: boolean) => Object.fromEntries(checkpoints.map((point, index) => [point, all || index > 0])) as Checklist;

/** Runs `work` at another time; afterwards the clock goes on from where it was. */
export async function during<T>(at: Date, work: () => Promise<T>): Promise<T> {
  const before = now();
  const begun = performance.now();
  moveClockTo(at);
  try {
    return await work();
  } finally {
    moveClockTo(new Date(before.getTime() + performance.now() - begun));
  }
}

export type DeskUnit = Awaited<ReturnType<typeof deskUnit>>;

/** A unit with its accounts, its admin, and who verifies there. */
export async function deskUnit(code: string) {
  const unit = await db.unit.findUniqueOrThrow({
    where: { code },
    select: {
      id: true,
      name: true,
      shortName: true,
      channels: { select: { id: true, platform: true } },
      grants: { select: { personId: true, role: true } },
    },
  });
  const holder = (role: Role) => actorOf(unit.grants.find((grant) => grant.role === role)!.personId);
  const [admin, verifier] = await Promise.all([holder("admin"), holder("verifier")]);
  const channel = (platform: string) => unit.channels.find((one) => one.platform === platform)?.id;
  let kept: Promise<{ mediaId: string; alt: string }> | undefined;
  const picture = () => {
    kept ??= upload(admin, unit);
    return kept;
  };
  return { id: unit.id, admin, verifier, facebook: channel("facebook"), instagram: channel("instagram"), picture };
}

async function upload(admin: Actor, unit: { id: string; name: string; shortName: string }) {
  const taken = await uploadPicture(admin, unit.id, "papan-informasi.jpg", await drawPicture(unit.name));
  if (!taken.ok) throw new Error(`demo picture: ${JSON.stringify(taken.problems)}`);
  return { mediaId: taken.media.id, alt: `Papan informasi ${unit.shortName}: nama kantor di atas bidang berwarna.` };
}

/** A person as the commands know him. */
export async function actorOf(id: string): Promise<Actor> {
  const person = await db.person.findUniqueOrThrow({
    where: { id },
    select: { name: true, grants: { select: { role: true, reach: true, unitId: true, unit: { select: { governmentId: true } } } } },
  });
  const authorities = person.grants.map(({ unit, ...grant }) => ({
    ...grant,
    role: grant.role as Role,
    reach: grant.reach as Reach,
    governmentId: unit.governmentId,
  }));
  return { personId: id, name: person.name, locale: "id", sessionId: "", authorities };
}
