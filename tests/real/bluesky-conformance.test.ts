/** The suite that every connector passes, before Bluesky's own servers instead of a stand-in. */
import { conformance, type Fault, type Step } from "../contract/conformance.ts";
import { clip, padded } from "../support/clips.ts";
import { tinyPng } from "../support/listener.ts";
import { connector, picture } from "./connected.ts";
import { startProxy } from "./proxy.ts";
import { actAs, network, openAccount, type RecordRef } from "./support.ts";

const methods: Record<Step, string> = {
  upload: "uploadBlob",
  post: "putRecord",
  reply: "putRecord",
  video: "putRecord",
  "first-comment": "putRecord",
};

conformance("Bluesky's own servers", async () => {
  const proxy = await startProxy(network().pdsUrl);
  const owner = await openAccount();
  const native = await actAs(owner);
  const citizen = await actAs(network().citizen);
  const refOf = async (uri: string): Promise<RecordRef> => {
    const [repo = "", collection = "", rkey = ""] = uri.replace("at://", "").split("/");
    const { cid } = await native.xrpc<RecordRef>("com.atproto.repo.getRecord", { query: { repo, collection, rkey } });
    return { uri, cid };
  };

  return {
    connector,
    login: { baseUrl: proxy.url, identifier: `@${owner.handle}`, secret: owner.password },
    wrongSecret: "salah",
    spoil: async (step: Step, fault: Fault) => proxy.fail(methods[step], fault),
    uploads: async () => proxy.calls.filter((call) => call.path.endsWith(methods.upload) && call.status === 200).length,
    texts: async () => (await native.records()).map((each) => each.value.text),
    picture: (digest, alt) => picture(Buffer.concat([tinyPng, Buffer.from(digest)]), alt, digest),
    video: (digest, alt) => ({ ...clip("vertical", { alt, bytes: padded("vertical", digest === "v1" ? 300_000 : 400_000) }), digest }),
    nativePost: async (text) => (await native.post(text)).uri,
    comment: async (post, text, under) => {
      const [root, parent] = await Promise.all([refOf(post), refOf(under?.remoteId ?? post)]);
      return (await citizen.reply(parent, text, root)).uri;
    },
    features: { edits: false },
    remove: (comment) => citizen.remove(comment),
    seen: async (post, comment) => {
      const shown = await citizen.readThread(post);
      const [repo, collection, rkey] = post.replace("at://", "").split("/");
      const gates = { repo: repo!, collection: collection!.replace("feed.post", "feed.threadgate"), rkey: rkey! };
      const gate = await native
        .xrpc<{ value: { hiddenReplies?: string[] } }>("com.atproto.repo.getRecord", { query: gates })
        .catch(() => null);
      const likes = await native.xrpc<{ records: { value: { subject: RecordRef } }[] }>("com.atproto.repo.listRecords", {
        query: { repo: repo!, collection: "app.bsky.feed.like", limit: "100" },
      });
      const hidden = gate?.value.hiddenReplies?.includes(comment) ?? false;
      const stands = shown?.replies?.some((one) => one.post.uri === comment) ?? false;
      return { shown: stands && !hidden, liked: likes.records.filter(({ value }) => value.subject.uri === comment).length === 1 };
    },
    spoilModeration: async (fault: Fault) => proxy.fail(methods.post, fault),
    notification: null,
    stop: () => proxy.close(),
  };
});
