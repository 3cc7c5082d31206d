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
    notification: null,
    stop: () => proxy.close(),
  };
});
