import { getLocale, getTranslations } from "next-intl/server";
import type { Named, PostRound } from "#lib/posts/round.ts";
import { Time } from "@/components/ui/time.tsx";

/** Where a round stands: the present step, who is awaited and for how long, and who has spoken. */
export async function RoundLine({ round, zone }: { round: PostRound; zone: string }) {
  const [t, people, locale] = await Promise.all([getTranslations("approvals.round"), getTranslations("people"), getLocale()]);
  const list = (named: readonly Named[], type: "conjunction" | "disjunction") =>
    new Intl.ListFormat(locale, { type }).format(
      named.map((one) => (one.kind === "role" ? people(`role.${one.role}` as "role.verifier") : one.name)),
    );
  const step = round.step === null ? null : round.steps[round.step];
  const why = round.standing && !round.standing.may ? round.standing.why : null;
  return (
    <section aria-label={t("title")} className="grid gap-1 text-13 text-ink-2 mb-4">
      {step && round.step !== null && (
        <p>
          <b>
            {t("now", {
              number: round.step + 1,
              of: round.steps.length,
              name: step.name,
              who: list(round.waitingFor, step.need === "all" ? "conjunction" : "disjunction"),
            })}
            .
          </b>{" "}
          {t("idle", { hours: Math.floor(round.idleHours) })}{" "}
          {round.overdue && t("overdue", { deputies: list(round.deputies, "disjunction") })}{" "}
          {round.standing?.may && round.standing.asDeputy && t("asDeputy")}
        </p>
      )}
      {why && <p>{t(`cannot.${why}`)}</p>}
      {round.votes.length > 0 && (
        <ul className="text-12 text-ink-3">
          {round.votes.map((vote) => (
            <li key={vote.id}>
              {t(`vote.${vote.decision}` as "vote.approve", { step: vote.step + 1, name: vote.by })}
              {vote.asDeputy && ` (${t("voteAsDeputy")})`}, <Time at={vote.at} zone={zone} style="short" />
              {vote.note && ` “${vote.note}”`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
