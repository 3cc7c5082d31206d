import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { maskPersonalData } from "#lib/inbox/sorting/masking.ts";
import { type Change, changedParts, changesBetween } from "#lib/posts/changes.ts";
import { contentOfLastRound, type PostDetail, postDetail } from "#lib/posts/detail.ts";
import { type PostHit, type PostText, textsOf } from "#lib/posts/gating.ts";
import type { QueueItem } from "#lib/posts/queries.ts";
import { type Remark, remarksOf } from "#lib/posts/remarks.ts";
import { gatesOfPost, roundOf } from "#lib/posts/round.ts";
import { titleOf } from "#lib/posts/shown.ts";
import { Messages } from "@/components/messages.tsx";
import { EmergencySeenForm } from "@/components/posts/emergency-forms.tsx";
import { GateNote } from "@/components/posts/gate-note.tsx";
import { platformNames } from "@/components/posts/platform-names.ts";
import { PostCopy } from "@/components/posts/post-copy.tsx";
import { RemarkList } from "@/components/posts/remark-list.tsx";
import { RemarkPen } from "@/components/posts/remark-pen.tsx";
import { RemarkText } from "@/components/posts/remark-text.tsx";
import { ReviewForm } from "@/components/posts/review-form.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { StateBadge } from "@/components/ui/state-badge.tsx";
import { Time } from "@/components/ui/time.tsx";
import { RoundLine } from "./round-line.tsx";

/** One post on the verifier's desk: its steps, its gates, what changed, what others remarked, and the decision. */
export async function Opened({ actor, id, queue }: { actor: Actor; id: string; queue: QueueItem[] }) {
  const post = await postDetail(actor, id);
  const [t, emergency, words, before, round, { hits, gates }, remarks] = await Promise.all([
    getTranslations("posts.review"),
    getTranslations("approvals.emergency"),
    getTranslations("approvals.remarks"),
    contentOfLastRound(post),
    roundOf(actor, post),
    gatesOfPost(post),
    remarksOf(post.id),
  ]);
  const place = queue.findIndex((item) => item.id === id);
  const item = queue[place];
  const changes = before && before.text !== post.content.text ? changesBetween(before.text, post.content.text) : null;
  const parts = before ? changedParts(before, post.content) : [];
  const decides = post.state === "submitted" && round?.standing?.may === true && round.step !== null;
  const ref = { id: post.id, revision: post.revision };
  return (
    <>
      <div className="review-doc">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 mb-3">
          <StateBadge state={post.shown} />
          <span className="text-13 text-ink-2">{post.unit.shortName}</span>
          {post.publishAt && (
            <span className="text-13 text-ink-2">
              {t(post.shown === "published" ? "wentOut" : "willGoOut")} <Time at={post.publishAt} zone={post.unit.zone} style="near" />
            </span>
          )}
        </div>
        <h2 className="text-22 font-heading mb-4">{titleOf(post.content.text)}</h2>
        {round && <RoundLine round={round} zone={post.unit.zone} />}
        {post.emergency && (
          <Note kind="warn" icon={<Icon name="warning" />}>
            <b>{emergency("published", { name: post.emergency.by })}</b> “{post.emergency.reason}”{" "}
            {emergency(post.emergency.seenAt ? "seen" : "unseen")}
          </Note>
        )}
        {post.lastDecision?.note && post.round > 1 && (
          <Note kind="warn" icon={<Icon name="returned" />}>
            <b>{t("lastNote", { name: post.lastDecision.by, round: post.lastDecision.round })}</b> “{post.lastDecision.note}”
          </Note>
        )}
        <Messages namespaces={["approvals", "problems"]}>
          <GateNote gates={gates} hits={hits} post={decides ? ref : null} />
        </Messages>
        {changes && <p className="text-13 text-ink-3 mt-4">{t("changes")}</p>}
        {parts.length > 0 && (
          <p className="text-13 text-ink-3 mt-1">{t("changedParts", { parts: parts.map((part) => t(`parts.${part}`)).join(", ") })}</p>
        )}
        <PostCopy
          post={post}
          mark={(text, at, channelId) => drawn({ text, at, channelId }, { hits, remarks, changes, round: post.round })}
        />
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-13 text-ink-2 mb-3">
          {post.content.channels.map((c) => (
            <PlatformMark key={c.channelId} platform={c.platform} />
          ))}
        </p>
        {(decides || remarks.length > 0) && (
          <Section id="catatan-naskah-judul" title={words("title")} className="mb-5">
            <Messages namespaces={["approvals", "problems"]}>
              {remarks.length ? <RemarkList remarks={remarks} resolves={false} /> : <p className="text-13 text-ink-3">{words("none")}</p>}
              {decides && (
                <RemarkPen
                  post={ref}
                  texts={[
                    { key: "main", name: words("main") },
                    ...post.content.channels
                      .filter((c) => c.text !== null)
                      .map((c) => ({ key: c.channelId, name: words("versionOf", { platform: platformNames[c.platform] }) })),
                  ]}
                />
              )}
            </Messages>
          </Section>
        )}
        {decides && <p className="text-13 text-ink-3">{t("covers")}</p>}
      </div>
      {decides ? (
        <Messages namespaces={["posts", "problems"]}>
          <ReviewForm
            key={`${post.id}-${post.revision}-${post.round}-${round.step}`}
            post={ref}
            step={round.step ?? 0}
            isLast={(round.step ?? 0) === round.steps.length - 1}
            next={queue[place + 1]?.id ?? queue[place - 1]?.id ?? null}
            previous={queue[place - 1]?.id ?? null}
            schedules={post.publishAt !== null}
            facts={await factsOf(post)}
            personalData={hasPersonalData(post)}
          />
        </Messages>
      ) : (
        <aside className="review-check">
          {item?.emergency ? (
            <>
              <h2 className="text-14 font-heading mb-2">{emergency("review")}</h2>
              <p className="text-13 text-ink-2 mb-4">{emergency("reviewText")}</p>
              <Messages namespaces={["approvals", "problems"]}>
                <EmergencySeenForm postId={post.id} />
              </Messages>
            </>
          ) : (
            <p className="text-13 text-ink-2">{t("notWaiting")}</p>
          )}
          <p className="mt-2">
            <Link className="link" href={`/posts/${post.id}`}>
              {t("toPost")}
            </Link>
          </p>
        </aside>
      )}
    </>
  );
}

type Shown = { text: string; at: Exclude<PostText["place"], "alt">; channelId: string | null };
type Findings = { hits: PostHit[]; remarks: Remark[]; changes: Change[] | null; round: number };

/** A text of the post with its gates, and with this round's remarks where one can be made. */
function drawn({ text, at, channelId }: Shown, { hits, remarks, changes, round }: Findings) {
  const gates = hits.filter((hit) => hit.place === at && hit.channelId === channelId);
  const takesRemarks = at === "main" || at === "version";
  const said = takesRemarks ? remarks.filter((one) => one.round === round && one.channelId === channelId) : [];
  const marks = [
    ...gates.map((hit) => ({ from: hit.start, to: hit.end, kind: "gate" as const, title: hit.term })),
    ...said.map((one) => ({ from: one.from, to: one.to, kind: "remark" as const, title: one.text })),
  ];
  const remarkable = takesRemarks ? (channelId ?? "main") : undefined;
  return <RemarkText text={text} marks={marks} changes={at === "main" ? changes : null} remarkable={remarkable} />;
}

const hasPersonalData = ({ content }: PostDetail) =>
  textsOf(content)
    .flatMap(({ text }) => maskPersonalData(text).found)
    .some((kind) => kind !== "email" && kind !== "phone");

/** What the desk knows to each question, so that nobody has to look for it. */
async function factsOf(post: PostDetail) {
  const t = await getTranslations("approvals.facts");
  const { source, sourceDocument, sourceLink, link, media } = post.content;
  const named = [source, sourceDocument, sourceLink].filter(Boolean).join(" · ");
  return {
    credible: [named ? t("source", { source: named }) : t("noSource"), link && t("link", { link })].filter(Boolean).join(" "),
    responsive: hasPersonalData(post) ? t("personal") : undefined,
    representative: t("files", { count: media.length, missing: media.filter((file) => !file.alt.trim()).length }),
  };
}
