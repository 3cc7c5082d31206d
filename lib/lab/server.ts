import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { control } from "./control.ts";
import { perform, takeFault } from "./faults.ts";
import { json, type LabRequest, type Reply, readRequest, send, UnreadableRequest } from "./http.ts";
import { beginEntry, endEntry } from "./journal.ts";
import type { Lab, LabPlatform } from "./lab.ts";
import { publicPages } from "./pages.ts";
import type { WebhookQueue } from "./webhooks.ts";

const MOST_BODY_BYTES = 16_000_000;
const MOST_SEED_BYTES = 128_000_000;

async function callApi(lab: Lab, platform: LabPlatform, request: LabRequest): Promise<Reply | null> {
  const { store } = lab;
  const endpoint = platform.endpoint(lab, request);
  const fault = takeFault(store, platform.name, endpoint);
  const n = beginEntry(store, new Date(lab.now()), platform.name, endpoint, request, fault?.fault ?? null);
  let reply: Reply | null;
  try {
    reply = await perform(fault, platform, lab, request);
  } catch (error) {
    console.error(`lab: ${request.method} ${request.url.pathname}`, error);
    reply = platform.broken();
  }
  endEntry(store, n, reply?.status ?? null);
  return reply;
}

/** The lab's one HTTP server: APIs by prefix, /_lab for the desk, everything else for people. */
export function createLabServer(lab: Lab, platforms: LabPlatform[], webhooks: WebhookQueue): Server {
  const answer = async (incoming: IncomingMessage): Promise<Reply | null> => {
    const isSeed = incoming.url === "/_lab/seed";
    const request = await readRequest(incoming, isSeed ? MOST_SEED_BYTES : MOST_BODY_BYTES);
    const [first] = request.segments;
    if (first === "_lab") return control({ lab, platforms, webhooks, request });
    const path = `${request.segments.join("/")}/`;
    const platform = platforms.find(({ apiPrefix }) =>
      typeof apiPrefix === "string" ? path.startsWith(`${apiPrefix}/`) : apiPrefix.test(path),
    );
    return platform ? callApi(lab, platform, request) : publicPages(lab, platforms, request);
  };
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const reply = await answer(incoming);
      if (reply) send(incoming, response, reply);
      else incoming.socket.destroy();
    } catch (error) {
      if (response.headersSent || incoming.destroyed) return void incoming.socket.destroy();
      const unreadable = error instanceof UnreadableRequest;
      if (!unreadable) console.error(`lab: ${incoming.method} ${incoming.url}`, error);
      const [status, message] = unreadable ? [error.status, error.message] : [500, "Internal error"];
      send(incoming, response, json(status, { error: message }, { connection: "close" }));
    }
  };
  return createServer((incoming, response) => void handle(incoming, response));
}
