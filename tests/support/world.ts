import { randomBytes } from "node:crypto";
import { sealGrant } from "#lib/channels/accounts.ts";
import type { Actor, Reach } from "#lib/core/access.ts";
import { moveClockTo, now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { boss } from "#lib/core/jobs.ts";
import { log } from "#lib/core/log.ts";
import type { Role } from "#lib/core/roles.ts";
import { freshDatabase } from "./db.ts";
import { labSecret, startLab } from "./lab.ts";

export type World = Awaited<ReturnType<typeof makeWorld>>;

export const page = { id: "102938475610293", token: "EAAG-dinkes" };
export const farPage = { id: "204857610293847", token: "EAAG-papua" };

/**
 * A ministry over a province over a regency with two agencies, and a second regency in another zone; their people, a
 * Facebook page in the lab and an Instagram account served by hand. The process has a database and a lab of its own.
 */
export async function makeWorld() {
  log.level = process.env.LOG_LEVEL ?? "silent"; // refusals and lost connections are what is tested, not news
  const [database, lab] = await Promise.all([freshDatabase(), startLab()]);
  process.env.DATABASE_URL = database.url;
  process.env.AUTH_SECRET = randomBytes(24).toString("hex");
  process.env.GARDA_KEYS = `uji:${randomBytes(32).toString("base64")}`;
  process.env.FACEBOOK_GRAPH_URL = `${lab.url}/meta`;
  process.env.FACEBOOK_APP_SECRET = labSecret;

  await lab.seed({
    pages: [
      { ...page, name: "Dinkes Kabupaten Tegal", username: "dinkestegal", followers: 1200 },
      { ...farPage, name: "Dinkes Kabupaten Jayapura", username: "dinkesjayapura", followers: 300 },
    ],
  });
  const units = await makeUnits();
  const people = await makePeople(units);
  const channels = {
    facebook: await makeChannel(lab.url, units.dinkes, "facebook", page),
    instagram: await makeChannel(lab.url, units.dinkes, "instagram", null),
    far: await makeChannel(lab.url, units.farDinkes, "facebook", farPage),
  };

  let offset = 0;
  const graph = async <T>(path: string, body?: Record<string, string>, token = page.token): Promise<T> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${lab.url}/meta/v26.0/${path}`, {
      headers,
      ...(body ? { method: "POST", body: new URLSearchParams(body) } : {}),
    });
    return (await answer.json()) as T;
  };

  return {
    database,
    lab,
    units,
    people,
    channels,
    /** Any call to the platform past the product, as from a phone. */
    graph,
    /** The page's posts as the platform keeps them, newest first. */
    posts: async () =>
      (
        await graph<{ data: { id: string; message: string; permalink_url: string }[] }>(
          `${page.id}/feed?limit=100&fields=message,permalink_url`,
        )
      ).data,
    /** A citizen's comment on the platform's page; answers with its id. */
    comment: async (post: string, name: string, message: string, parent?: string) => {
      const form = new URLSearchParams({ name, message, ...(parent ? { parent } : {}) });
      const address = `${lab.url}/facebook/${post.replace("_", "/posts/")}/comments`;
      const answer = await fetch(address, { method: "POST", body: form, redirect: "manual" });
      return `${post.split("_")[1]}_${/komentar-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1]}`;
    },
    /** Lets so much time pass, here and on the platform. */
    passTime: async (ms: number) => {
      offset += ms;
      moveClockTo(new Date(Date.now() + offset));
      await lab.clock(offset);
    },
    stop: async () => {
      await (await boss()).stop({ graceful: false });
      await db.$disconnect();
      await Promise.all([lab.stop(), database.drop()]);
    },
  };
}

type Unit = { id: string; governmentId: string; zone: string };
type Units = Awaited<ReturnType<typeof makeUnits>>;

async function makeUnits() {
  const made = new Map<string, string[]>();
  const unit = async (
    code: string,
    name: string,
    kind: string,
    parent: Unit | null,
    government?: Unit,
    zone = "Asia/Jakarta",
  ): Promise<Unit> => {
    const id = crypto.randomUUID();
    const governmentId = government?.id ?? id;
    await db.unit.create({ data: { id, code, name, shortName: name, kind, governmentId, zone } });
    const line = [id, ...(parent ? (made.get(parent.id) ?? []) : [])];
    made.set(id, line);
    await db.unitClosure.createMany({ data: line.map((ancestorId, depth) => ({ ancestorId, unitId: id, depth })) });
    return { id, governmentId, zone };
  };
  const ministry = await unit("00", "Kemendagri", "ministry", null);
  const province = await unit("33", "Jawa Tengah", "province", ministry);
  const regency = await unit("33.28", "Kabupaten Tegal", "regency", province);
  const dinkes = await unit("33.28.dinkes", "Dinkes", "agency", regency, regency);
  const disdukcapil = await unit("33.28.disdukcapil", "Disdukcapil", "agency", regency, regency);
  const far = await unit("91.03", "Kabupaten Jayapura", "regency", ministry, undefined, "Asia/Jayapura");
  const farDinkes = await unit("91.03.dinkes", "Dinkes Jayapura", "agency", far, far, "Asia/Jayapura");
  return { ministry, province, regency, dinkes, disdukcapil, far, farDinkes };
}

async function makePeople(units: Units) {
  const person = async (name: string, ...held: [Role, Reach, Unit][]): Promise<Actor> => {
    const { id } = await db.person.create({
      data: {
        name,
        email: `${name.toLowerCase().replaceAll(" ", ".")}@tegal.example`,
        passwordHash: "-",
        grants: { create: held.map(([role, reach, { id: unitId }]) => ({ role, reach, unitId, validFrom: new Date("2026-01-01") })) },
      },
    });
    const authorities = held.map(([role, reach, unit]) => ({ role, reach, unitId: unit.id, governmentId: unit.governmentId }));
    return { personId: id, name, locale: "id", sessionId: crypto.randomUUID(), authorities };
  };
  return {
    admin: await person("Sri Wahyuni", ["admin", "own", units.dinkes]),
    secondAdmin: await person("Budi Santoso", ["admin", "own", units.dinkes], ["verifier", "own", units.dinkes]),
    verifier: await person("Ani Lestari", ["verifier", "government", units.regency]),
    secondVerifier: await person("Joko Susilo", ["verifier", "own", units.dinkes]),
    /** Alone in his unit; another is named to verify for it. */
    loneAdmin: await person("Dwi Hartono", ["admin", "own", units.disdukcapil]),
    namedVerifier: await person("Rina Marlina", ["verifier", "own", units.disdukcapil]),
    supervisor: await person("Agus Salim", ["supervisor", "government", units.regency]),
    head: await person("Hendro Wibowo", ["head", "government", units.regency]),
    analyst: await person("Maya Puspita", ["analyst", "subtree", units.ministry]),
    farAdmin: await person("Yohana Kogoya", ["admin", "own", units.farDinkes]),
    farVerifier: await person("Markus Wenda", ["verifier", "government", units.far], ["supervisor", "government", units.far]),
  };
}

async function makeChannel(labUrl: string, unit: Unit, platform: string, api: typeof page | null) {
  const id = crypto.randomUUID();
  const remoteId = api?.id ?? "dinkestegal";
  await db.channel.create({
    data: {
      id,
      unitId: unit.id,
      governmentId: unit.governmentId,
      platform,
      mode: api ? "api" : "manual",
      remoteId,
      handle: remoteId,
      name: `${platform} ${remoteId}`,
      baseUrl: api ? `${labUrl}/meta` : "",
      isPrimary: api !== null,
      firstSeenAt: new Date("2026-01-01"),
      nextPollAt: now(),
      grant: api ? { create: { sealed: sealGrant({ pageToken: api.token }), updatedAt: now() } } : undefined,
    },
  });
  return { id, unitId: unit.id, governmentId: unit.governmentId, zone: unit.zone };
}

/** Asks until the answer is there; throws the last failure after 20 s. */
export async function eventually<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 20_000; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A refusal's code, or "done" when nothing was refused. */
export const refusalOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "done",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
