/** What a report recommends, and on which figures it rests. Pure rules; each is explained. */
import type { Topic } from "../../inbox/topics/topic-rules.ts";
import type { ReportFigures } from "../figures/types.ts";

export const onTimeAim = 0.8;
const MOST_NAMES = 5;
/** A topic has risen when it is spoken of half as often again, and by so many. */
const RISEN = { factor: 1.5, least: 5 };
const CEREMONY_SHARE = 0.4;

export type Recommendation =
  | { code: "coach-dormant"; count: number; names: string[] }
  | { code: "coach-fallen"; count: number; names: string[] }
  | { code: "raise-own"; score: number }
  | { code: "answer-sooner"; share: number; unanswered: number }
  | { code: "explain-topic"; topic: Topic; now: number; before: number }
  | { code: "less-ceremony"; share: number }
  | { code: "connect-unknown"; count: number; names: string[] }
  | { code: "share-practice"; count: number; names: string[] }
  | { code: "keep-going" };

const named = (names: readonly string[]) => ({ count: names.length, names: names.slice(0, MOST_NAMES) });

/** In the order of their urgency. Silence on what is not known: nothing is recommended on figures that nobody has. */
export function recommendations(figures: ReportFigures): Recommendation[] {
  const found: Recommendation[] = [];
  const silent = figures.units.filter(({ level }) => level === "dormant" || level === "dead").map(({ name }) => name);
  const down = figures.moves.down.map(({ unit }) => unit).filter((name) => !silent.includes(name));
  const unknown = figures.units.filter(({ level, posts }) => level === null && posts === null).map(({ name }) => name);
  const up = figures.moves.up.filter(({ to }) => to === "active" || to === "very_active").map(({ unit }) => unit);
  if (figures.score) {
    if (figures.score.now !== null && figures.score.level !== "active" && figures.score.level !== "very_active")
      found.push({ code: "raise-own", score: figures.score.now });
  } else {
    if (silent.length) found.push({ code: "coach-dormant", ...named(silent) });
    if (down.length) found.push({ code: "coach-fallen", ...named(down) });
  }
  const { onTimeShare, unanswered } = figures;
  if (onTimeShare.now !== null && onTimeShare.now < onTimeAim)
    found.push({ code: "answer-sooner", share: onTimeShare.now, unanswered: unanswered.now ?? 0 });
  const rising = (figures.topics ?? []).find(
    ({ topic, now, before }) => topic !== null && topic !== "other" && now - before >= RISEN.least && now >= before * RISEN.factor,
  );
  if (rising?.topic) found.push({ code: "explain-topic", topic: rising.topic, now: rising.now, before: rising.before });
  const planned = figures.pillars.filter(({ pillar }) => pillar !== null);
  const all = planned.reduce((total, { posts }) => total + posts, 0);
  const ceremony = planned.find(({ pillar }) => pillar === "seremoni")?.posts ?? 0;
  if (all > 0 && ceremony / all > CEREMONY_SHARE) found.push({ code: "less-ceremony", share: ceremony / all });
  if (!figures.score && unknown.length) found.push({ code: "connect-unknown", ...named(unknown) });
  if (!figures.score && up.length) found.push({ code: "share-practice", ...named(up) });
  return found.length ? found : [{ code: "keep-going" }];
}
