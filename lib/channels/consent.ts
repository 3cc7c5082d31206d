import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { type Actor, inScope } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { open, seal, sha256 } from "../core/crypto.ts";
import { db } from "../core/db.ts";
import { env } from "../core/env.ts";
import { type Answer, type Outcome, Refusal } from "../core/errors.ts";
import { type AccountProfile, type Authorize, type Opened, type Platform, PlatformFailure } from "../platforms/contract.ts";
import { connectorFor, defaultBaseUrl, modesOf } from "../platforms/registry.ts";
import { keepChannel } from "./connecting.ts";
import type { ConsentInput, ConsentReturn } from "./schema.ts";

/** How long a person may stay on the platform's page, and then on ours, before he has to begin again. */
const VALID_MS = 15 * 60_000;

const redirectUri = (platform: Platform) => new URL(`/settings/channels/consent/${platform}`, env().APP_URL).href;

function consentOf(platform: Platform): { authorize: Authorize; baseUrl: string } | null {
  if (!modesOf(platform).includes("api")) return null;
  const { authorize } = connectorFor(platform, "api");
  const baseUrl = defaultBaseUrl(platform);
  return authorize && baseUrl !== null ? { authorize, baseUrl } : null;
}

/** Whether accounts of a platform can be connected by its consent page: it has one, and our app is registered there. */
export const hasConsent = (platform: Platform): boolean => consentOf(platform) !== null;

/**
 * Begins the way through a platform's consent page; answers with its address. `channelId` names the account whose access is
 * renewed. What ties the answer to this person (state) is kept as a digest, the proof (PKCE's verifier) sealed.
 */
export async function beginConsent(actor: Actor, { unitId, platform, channelId }: ConsentInput): Promise<Answer<{ url: string }>> {
  const unit = await db.unit.findFirst({ where: { id: unitId, ...inScope(actor, "channel.manage", "id") }, select: { id: true } });
  if (!unit) throw new Refusal("not-found");
  if (channelId && !(await db.channel.count({ where: { id: channelId, unitId, platform, mode: "api", state: { not: "disconnected" } } })))
    throw new Refusal("not-found");
  const consent = consentOf(platform);
  if (!consent) return { ok: false, problems: [{ field: "platform", code: "consent-not-configured" }] };
  const state = randomBytes(32).toString("base64url");
  const verifier = randomBytes(48).toString("base64url");
  const at = now();
  await db.consentAttempt.create({
    data: {
      stateHash: sha256(state),
      personId: actor.personId,
      unitId,
      platform,
      channelId,
      verifier: seal(verifier),
      createdAt: at,
      expiresAt: new Date(at.getTime() + VALID_MS),
    },
  });
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { ok: true, url: consent.authorize.url({ state, challenge, redirectUri: redirectUri(platform) }) };
}

export type Returned = { attemptId: string; connected: string | null };

/**
 * A person is back from the consent page. The way is used up at once, whatever follows. An account whose access is renewed is
 * connected again when the consent opened that very account; a new one waits until the person has chosen it.
 */
export async function finishConsent(actor: Actor, { platform, state, code }: ConsentReturn): Promise<Outcome<Returned>> {
  const refuse = (problem: string, params?: Record<string, string>): Outcome<Returned> => ({
    ok: false,
    problems: [{ code: problem, params }],
  });
  const [attempt] = await db.consentAttempt.updateManyAndReturn({
    where: { stateHash: sha256(state), personId: actor.personId, platform, usedAt: null, expiresAt: { gt: now() } },
    data: { usedAt: now() },
  });
  const consent = consentOf(platform);
  if (!attempt || !consent) return refuse("consent-over");
  if (code === null) return refuse("consent-denied");
  let opened: Opened[];
  try {
    const verifier = open(attempt.verifier);
    opened = await consent.authorize.exchange({ baseUrl: consent.baseUrl, code, verifier, redirectUri: redirectUri(platform) });
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    const { failure } = error;
    if (failure.kind === "needs-reauth" && failure.reason === "scope")
      return refuse("consent-scope", { missing: (failure.missing ?? []).join(", ") });
    return refuse(
      failure.kind === "needs-reauth" ? "consent-over" : failure.kind === "not-entitled" ? "consent-not-entitled" : "consent-failed",
    );
  }
  if (!opened.length) return refuse("consent-no-account");
  if (!attempt.channelId) {
    await db.consentAttempt.update({ where: { id: attempt.id }, data: { opened: seal(JSON.stringify(opened)) } });
    return { ok: true, attemptId: attempt.id, connected: null };
  }
  const channel = await db.channel.findUniqueOrThrow({ where: { id: attempt.channelId }, select: { remoteId: true, name: true } });
  const same = opened.find(({ profile }) => profile.remoteId === channel.remoteId);
  if (!same) return refuse("consent-other-account", { wanted: channel.name, opened: opened.map(({ profile }) => profile.name).join(", ") });
  const connected = await keep(actor, attempt.unitId, platform, same);
  return { ok: true, attemptId: attempt.id, connected };
}

export type Choice = Pick<AccountProfile, "remoteId" | "name" | "handle" | "url" | "followers"> & {
  /** Units in which the account is connected already. */
  usedBy: string[];
};
export type Choices = { unit: { id: string; shortName: string }; platform: Platform; choices: Choice[] };

const openedSchema = z.array(z.custom<Opened>());

async function findOpened(actor: Actor, attemptId: string) {
  const attempt = await db.consentAttempt.findFirst({
    where: { id: attemptId, personId: actor.personId, opened: { not: null }, expiresAt: { gt: now() } },
  });
  if (!attempt?.opened) throw new Refusal("not-found");
  return { ...attempt, platform: attempt.platform as Platform, opened: openedSchema.parse(JSON.parse(open(attempt.opened))) };
}

/** The accounts that a consent opened, for its person to choose from; never their keys. */
export async function readChoices(actor: Actor, attemptId: string): Promise<Choices> {
  const { unitId, platform, opened } = await findOpened(actor, attemptId);
  const unit = await db.unit.findUniqueOrThrow({ where: { id: unitId }, select: { id: true, shortName: true } });
  const used = await db.channel.findMany({
    where: {
      platform,
      mode: "api",
      remoteId: { in: opened.map(({ profile }) => profile.remoteId) },
      state: { not: "disconnected" },
      ...inScope(actor, "channel.read"),
    },
    select: { remoteId: true, unit: { select: { shortName: true } } },
  });
  const choices = opened.map(({ profile: { remoteId, name, handle, url, followers } }) => ({
    ...{ remoteId, name, handle, url, followers },
    usedBy: used.filter((channel) => channel.remoteId === remoteId).map((channel) => channel.unit.shortName),
  }));
  return { unit, platform, choices };
}

/** Connects the account that the person chose of those which the consent opened; the others' keys are forgotten. */
export async function chooseOpened(
  actor: Actor,
  { attemptId, remoteId }: { attemptId: string; remoteId: string },
): Promise<Answer<{ channelId: string }>> {
  const { unitId, platform, opened } = await findOpened(actor, attemptId);
  const chosen = opened.find(({ profile }) => profile.remoteId === remoteId);
  if (!chosen) throw new Refusal("not-found");
  const channelId = await keep(actor, unitId, platform, chosen);
  await db.consentAttempt.update({ where: { id: attemptId }, data: { opened: null } });
  return { ok: true, channelId };
}

/** The right to it may have gone while the person was away. */
async function keep(actor: Actor, unitId: string, platform: Platform, opened: Opened): Promise<string> {
  const unit = await db.unit.findFirst({
    where: { id: unitId, ...inScope(actor, "channel.manage", "id") },
    select: { id: true, governmentId: true },
  });
  if (!unit) throw new Refusal("not-found");
  return db.$transaction((tx) => keepChannel(tx, actor, unit, { platform, mode: "api" }, defaultBaseUrl(platform) ?? "", opened));
}

/** Forgets ways that are over, with whatever they opened. */
export const forgetConsents = (before: Date) => db.consentAttempt.deleteMany({ where: { expiresAt: { lt: before } } });
