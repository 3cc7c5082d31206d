/** Videos on X: in segments, worked on by X, interrupted and taken up again; and beside a foreign client before a recorder. */
import { expect, test } from "vitest";
import type { Account, Checkpoint, Content } from "#lib/platforms/contract.ts";
import { xConnector } from "#lib/platforms/x/connector.ts";
import { clip, padded } from "../support/clips.ts";
import { listen, type Received } from "../support/listener.ts";
import { foreignClient, startX } from "../support/x.ts";

const user = { id: "7001", name: "Pemkab Tegal", username: "pemkabtegal", token: "token-uji" };
const bare: Omit<Content, "text" | "video"> = { title: null, link: null, pictures: [], collaborators: [], replyTo: null, key: "k" };
const long = clip("vertical", { bytes: padded("vertical", 9_000_000) });

/** A lab with an account, and a publication that keeps its checkpoint. */
async function stage(onTestFinished: (done: () => Promise<void>) => void) {
  const lab = await startX();
  onTestFinished(() => lab.stop());
  await lab.seedX({ users: [user] });
  const waits: number[] = [];
  const pause = async (ms: number) => {
    waits.push(ms);
    await lab.pass(ms);
  };
  const connector = xConnector({ app: null, now: () => new Date(), pause });
  const account: Account = {
    ...{ platform: "x", mode: "api", remoteId: user.id, handle: user.username, baseUrl: lab.api },
    grant: { accessToken: user.token },
  };
  const publication = (content: Partial<Content> & { text: string }, from: Checkpoint = { stage: "new", at: null, data: {} }) => {
    const kept = [from];
    const whole: Content = { ...bare, video: long, ...content };
    const save = async (next: Checkpoint) => void kept.push(structuredClone(next));
    return { kept, last: () => kept.at(-1)!, publish: () => connector.publish(account, whole, kept.at(-1)!, save) };
  };
  const calls = async () => (await lab.journal()).map(({ endpoint, status }) => `${endpoint} ${status}`);
  return { lab, connector, account, waits, publication, calls };
}

const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );

test("a video goes up in segments, is waited for as long as X says, and arrives whole", async ({ onTestFinished }) => {
  const { lab, connector, account, waits, publication, calls } = await stage(onTestFinished);
  const mine = publication({ text: "Cara membuat KTP digital" });
  const { published } = (await mine.publish()) as { published: { remoteId: string; permalink: string } };
  expect(await calls()).toEqual([
    "POST media/initialize 200",
    ...Array(3).fill("POST media/append 200"),
    "POST media/finalize 200",
    ...Array(3).fill("GET media 200"),
    "POST tweets 201",
  ]);
  expect(waits, "in ms").toEqual([1_000, 1_000]);
  expect(mine.kept.length, "every segment renews the claim on the publication").toBeGreaterThan(6);
  expect(await connector.fetchPosts(account, new Date(0))).toMatchObject([{ remoteId: published.remoteId, visual: "video", hasAlt: null }]);
  const page = await (await fetch(published.permalink)).text();
  const source = /<video src="([^"]+)"/.exec(page)?.[1] ?? "";
  const served = await fetch(`${lab.url}${source}`);
  expect(served.headers.get("content-type")).toBe("video/mp4");
  expect(Buffer.from(await served.arrayBuffer()).equals(padded("vertical", 9_000_000))).toBe(true);
});

test("an interrupted upload goes on where it stopped, with the same medium", async ({ onTestFinished }) => {
  const { lab, publication, calls } = await stage(onTestFinished);
  const mine = publication({ text: "Terputus" });
  await lab.spoilX({ endpoint: "POST media/append", fault: "drop-before", call: 2 });
  expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
  await lab.spoilX({ endpoint: "POST media/finalize", fault: "accept-then-drop" });
  expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
  await mine.publish();
  const sent = (await calls()).filter((call) => !call.startsWith("GET"));
  expect(sent).toEqual([
    "POST media/initialize 200",
    "POST media/append 200",
    "POST media/append null",
    ...Array(2).fill("POST media/append 200"),
    "POST media/finalize null",
    "POST media/finalize 200",
    "POST tweets 201",
  ]);
});

test("an upload that X has forgotten is begun anew", async ({ onTestFinished }) => {
  const { lab, publication, calls } = await stage(onTestFinished);
  const mine = publication({ text: "Terlupa" });
  await lab.spoilX({ endpoint: "POST media/append", fault: "500-before", call: 3 });
  await failure(mine.publish());
  await lab.pass(86_400_001);
  expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
  await mine.publish();
  expect((await calls()).filter((call) => call === "POST media/initialize 200")).toHaveLength(2);
  const late = publication({ text: "Kedaluwarsa" }, { ...mine.last(), stage: "prepared" });
  const media = late.last().data.media as { [digest: string]: { until: string } };
  media[long.digest]!.until = new Date(Date.now() - 1).toISOString();
  await late.publish();
  expect(
    (await calls()).filter((call) => call === "POST media/initialize 200"),
    "in the last hour of its life too",
  ).toHaveLength(3);
});

test("a video that X is slow with is left for later, and looked at again without a new upload", async ({ onTestFinished }) => {
  const { lab, account, publication, calls } = await stage(onTestFinished);
  const mine = publication({ text: "Lama" });
  const save = async (next: Checkpoint) => void mine.kept.push(structuredClone(next));
  const before = Date.now();
  const waited: number[] = [];
  let seen = before;
  // The platform's clock stands still while it is asked, however long the asking takes here.
  const pause = async (ms: number) => {
    waited.push(ms);
    const at = Date.now();
    await lab.pass(seen - at);
    seen = at;
  };
  const impatient = xConnector({ app: null, now: () => new Date(), pause });
  const content: Content = { ...bare, text: "Lama", video: long };
  const slow = await failure(impatient.publish(account, content, mine.last(), save));
  expect(slow).toEqual({ kind: "retryable", after: expect.any(Date) });
  expect((slow as { after: Date }).after.getTime()).toBeGreaterThanOrEqual(before + 1_000);
  expect(
    waited.reduce((sum, ms) => sum + ms),
    "in ms: within the claim on the publication",
  ).toBe(60_000);
  await lab.pass(2_000);
  await mine.publish();
  expect((await calls()).filter((call) => call.startsWith("POST media/append"))).toHaveLength(3);
});

test("what is no video, or too large a one, is refused for good with X's reason", async ({ onTestFinished }) => {
  const { publication } = await stage(onTestFinished);
  const text = Buffer.from("bukan video".repeat(100));
  const refused = publication({ text: "Palsu", video: clip("wide", { bytes: text }) });
  expect(await failure(refused.publish())).toEqual({ kind: "rejected", code: "video-refused", detail: "Unsupported video format" });
  expect(refused.last().stage).toBe("prepared");
  const huge = publication({ text: "Besar", video: { ...long, bytes: 512_000_001 } });
  expect(await failure(huge.publish())).toMatchObject({
    kind: "rejected",
    code: "video-refused",
    detail: expect.stringContaining("512000000"),
  });
});

test("a segment goes over the wire as X's foreign client sends it, and no more than one is in memory", async ({ onTestFinished }) => {
  let looks = 0;
  const recorder = await listen(({ url }) => {
    const working = url.includes("finalize") || (url.includes("STATUS") && looks++ % 2 === 0);
    const processing_info = working ? { state: "pending", check_after_secs: 0.01 } : { state: "succeeded" };
    const data = url.includes("initialize") || url.includes("/tweets") ? { id: "55" } : { id: "55", processing_info };
    return { type: "application/json", body: JSON.stringify(url.includes("append") ? {} : { data }) };
  });
  onTestFinished(() => recorder.close());
  const recorded = async (work: () => Promise<unknown>) => {
    recorder.received.length = 0;
    await work();
    return recorder.received.map(shape);
  };
  const reads: number[] = [];
  const video = {
    ...long,
    slice: async (from: number, to: number) => {
      reads.push(to - from);
      return long.slice(from, to);
    },
  };
  const account: Account = { platform: "x", mode: "api", remoteId: "7", handle: "p", baseUrl: recorder.url, grant: { accessToken: "t" } };
  const connector = xConnector({ app: null, now: () => new Date(), pause: async () => undefined });
  const checkpoint: Checkpoint = { stage: "new", at: null, data: {} };
  const ours = await recorded(() => connector.publish(account, { ...bare, text: "Halo", video }, checkpoint, async () => undefined));
  const foreign = foreignClient(recorder.url, "t").v2;
  const theirs = await recorded(async () => {
    const options = { media_type: "video/mp4" as never, media_category: "tweet_video" as const };
    const id = await foreign.uploadMedia(padded("vertical", 9_000_000), options, 4_000_000);
    await foreign.tweet("Halo", { media: { media_ids: [id] } });
  });
  expect(theirs).toHaveLength(8);
  expect(ours).toEqual(theirs);
  expect(reads).toEqual([4_000_000, 4_000_000, 1_000_000]);
});

/** What matters of a request; of a form its fields, and how long the file in it is. */
function shape({ method, url, headers, body }: Received) {
  const plain = body.toString("latin1");
  const form = String(headers["content-type"] ?? "").startsWith("multipart/");
  const parts = form ? [...plain.matchAll(/; name="(\w+)"/g)].map(([, name]) => name).sort() : null;
  const file = /name="media".*?\r\n\r\n(.*?)\r\n--/s.exec(plain)?.[1]?.length ?? null;
  return { method, url, body: parts ?? (body.length === 0 || plain === "{}" ? null : (JSON.parse(plain) as unknown)), file };
}
