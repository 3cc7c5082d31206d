import { z } from "zod";
import { changeComment } from "./citizens.ts";
import { addFault, commonFaults, faultInput, listFaults, removeFaults } from "./faults.ts";
import { isLoopback, json, type LabRequest, type Reply } from "./http.ts";
import { readJournal } from "./journal.ts";
import type { Lab, LabPlatform } from "./lab.ts";
import { addWebhookFault, webhookFaultInput } from "./webhook-faults.ts";
import type { WebhookQueue } from "./webhooks.ts";

type Desk = { lab: Lab; platforms: LabPlatform[]; webhooks: WebhookQueue; request: LabRequest };

const refuse = (status: number, message: string): Reply => json(status, { error: message });
const named = (desk: Desk, name: string): LabPlatform | undefined => desk.platforms.find((platform) => platform.name === name);

function seed(desk: Desk): Reply {
  const { platform: name = "facebook", ...input } = desk.request.fields;
  const platform = named(desk, String(name));
  if (!platform) return refuse(422, `Unknown platform ${name}`);
  return json(200, { seeded: desk.lab.store.transaction(() => platform.seed(desk.lab, input)) });
}

function setClock(desk: Desk): Reply {
  const { offset_ms } = z.strictObject({ offset_ms: z.int() }).parse(desk.request.fields);
  desk.lab.store.setSetting("clock-offset", String(offset_ms));
  return clock(desk);
}

const clock = ({ lab }: Desk): Reply =>
  json(200, { offset_ms: Number(lab.store.setting("clock-offset") ?? 0), now: new Date(lab.now()).toISOString() });

function queueFault(desk: Desk): Reply {
  const input = faultInput.parse(desk.request.fields);
  const platform = named(desk, input.platform);
  if (!platform) return refuse(422, `Unknown platform ${input.platform}`);
  const known = [...commonFaults, ...Object.keys(platform.refusals)];
  if (!known.includes(input.fault)) return refuse(422, `Unknown fault ${input.fault}; known: ${known.join(", ")}`);
  return json(200, { n: addFault(desk.lab.store, input) });
}

async function setWebhook(desk: Desk): Promise<Reply> {
  const { platform: name, url } = z.strictObject({ platform: z.string(), url: z.string().nullable() }).parse(desk.request.fields);
  const platform = named(desk, name);
  if (!platform) return refuse(422, `Unknown platform ${name}`);
  if (url !== null) {
    if (!isLoopback(url)) return refuse(422, "Only addresses on this machine");
    const problem = await platform.verifyWebhook(desk.lab, url);
    if (problem) return refuse(422, problem);
  }
  desk.lab.store.setSetting(`webhook.${name}`, url);
  return json(200, { platform: name, url: desk.webhooks.url(name) });
}

function spoilWebhooks({ lab, platforms, request }: Desk): Reply {
  const input = webhookFaultInput.parse(request.fields);
  if (!platforms.some(({ name }) => name === input.platform)) return refuse(422, `Unknown platform ${input.platform}`);
  addWebhookFault(lab.store, input);
  return json(200, input);
}

function releaseWebhooks({ webhooks, request }: Desk): Reply {
  const { platform, reverse } = z.strictObject({ platform: z.string(), reverse: z.boolean().default(false) }).parse(request.fields);
  return json(200, { released: webhooks.release(platform, reverse) });
}

function replayWebhooks({ webhooks, request }: Desk): Reply {
  const { platform } = z.strictObject({ platform: z.string() }).parse(request.fields);
  return json(200, { replayed: webhooks.replay(platform) });
}

function journal({ lab, request }: Desk): Reply {
  const { since, limit } = z
    .object({ since: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(5_000).default(1_000) })
    .parse(Object.fromEntries(request.url.searchParams));
  return json(200, { entries: readJournal(lab.store, since, limit) });
}

const routes: { [route: string]: (desk: Desk) => Reply | Promise<Reply> } = {
  "GET health": (desk) =>
    json(200, { status: "ok", platforms: desk.platforms.map((platform) => platform.name), now: new Date(desk.lab.now()).toISOString() }),
  "POST seed": seed,
  "GET clock": clock,
  "POST clock": setClock,
  "POST faults": queueFault,
  "GET faults": ({ lab }) => json(200, { faults: listFaults(lab.store) }),
  "DELETE faults": ({ lab, request }) => json(200, { removed: removeFaults(lab.store, request.url.searchParams.get("platform")) }),
  "POST comments": ({ lab, platforms, request }) => changeComment(lab, platforms, request),
  "POST webhooks": setWebhook,
  "GET webhooks": ({ platforms, webhooks }) =>
    json(200, { urls: Object.fromEntries(platforms.map(({ name }) => [name, webhooks.url(name)])), deliveries: webhooks.list(200) }),
  "POST webhooks/faults": spoilWebhooks,
  "POST webhooks/release": releaseWebhooks,
  "POST webhooks/replay": replayWebhooks,
  "GET journal": journal,
  "POST reset": ({ lab }) => {
    lab.store.clear();
    return json(200, { reset: true });
  },
};

/** Answers /_lab/…, the desk of whoever runs a demo or a test. */
export async function control(desk: Desk): Promise<Reply> {
  const { method, segments, headers, fields } = desk.request;
  const route = routes[`${method} ${segments.slice(1).join("/")}`];
  if (!route) return refuse(404, "No such control");
  // A foreign web page cannot send JSON here without asking first, and the lab never agrees.
  const hasBody = Object.keys(fields).length > 0;
  if (hasBody && !/^application\/json\b/i.test(headers["content-type"] ?? "")) return refuse(415, "Send application/json");
  if (headers["sec-fetch-site"] === "cross-site") return refuse(403, "Not from another site");
  try {
    return await route(desk);
  } catch (error) {
    if (error instanceof z.ZodError) return json(422, { error: "Invalid input", issues: error.issues.slice(0, 20) });
    throw error;
  }
}
