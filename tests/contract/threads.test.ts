/** The Threads connector before the platform lab. */
import { startLab } from "../support/lab.ts";
import { listen } from "../support/listener.ts";
import { heardBy, strangers } from "../support/strangers.ts";
import {
  connectorOf,
  consent,
  filmFrom,
  graphOf,
  mediaServer,
  pictureFrom,
  publishByHand,
  seedAccount,
  threadsToken as token,
  visit,
} from "../support/threads.ts";
import { conformance, type Fault, type Step } from "./conformance.ts";

const endpoints: Record<Step, string> = {
  upload: "POST threads",
  post: "POST threads_publish",
  reply: "POST threads_publish",
  video: "POST threads_publish",
  "first-comment": "POST threads_publish",
};

type Row = { id: string; text?: string };

conformance("Threads", async () => {
  const lab = await startLab();
  await seedAccount(lab);
  const app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  const files = await mediaServer();
  const graph = graphOf(lab);
  let visitors = 0;

  return {
    connector: connectorOf(`${lab.url}/threads`),
    login: { baseUrl: `${lab.url}/threads`, identifier: "@PemkabTegal", secret: token },
    wrongSecret: "THAA-lain",
    consent: {
      baseUrl: `${lab.url}/threads`,
      redirectUri: "http://127.0.0.1:9/kembali",
      walk: consent,
      needed: "threads_read_replies",
    },
    spoil: (step: Step, fault: Fault) =>
      lab.fault({ platform: "threads", endpoint: endpoints[step], fault: fault === "rate-limit" ? "429" : fault }),
    uploads: async () =>
      (await lab.journal()).filter((entry) => entry.endpoint === "POST threads" && entry.status === 200 && entry.body.image_url).length,
    texts: async () => {
      const lists = await Promise.all(["threads", "replies"].map((edge) => graph<{ data: Row[] }>(`me/${edge}?limit=100&fields=text`)));
      return lists.flatMap(({ data }) => data.map(({ text = "" }) => text));
    },
    picture: pictureFrom(files),
    video: filmFrom(files),
    nativePost: (text) => publishByHand(lab, text),
    comment: (post, message, under) => {
      visitors += 1;
      return visit(lab, post, { name: `warga${visitors}`, message, ...(under ? { parent: under.remoteId } : {}) });
    },
    features: { likes: false, editsNotified: false, removalsNotified: false },
    notification: (post, text) => heardBy(lab, "threads", app)(async () => void (await visit(lab, post, { name: "siti", message: text }))),
    ...strangers(lab, "threads", {
      pathOf: async (post) => new URL((await graph<{ permalink: string }>(`${post}?fields=permalink`)).permalink).pathname,
      endpoint: "POST manage_reply",
    }),
    stop: async () => {
      await app.close();
      await files.close();
      await lab.stop();
    },
  };
});
