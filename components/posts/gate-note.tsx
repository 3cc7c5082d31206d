import { useTranslations } from "next-intl";
import type { PostHit } from "#lib/posts/gating.ts";
import type { FoundGate } from "#lib/posts/round.ts";
import { Icon } from "../ui/icon.tsx";
import { Note } from "../ui/note.tsx";
import { GateOverride } from "./gate-override.tsx";

type Props = { gates: readonly FoundGate[]; hits: readonly PostHit[]; post: { id: string; revision: number } | null };

/** The terms that need somebody's word, where they stand, and who gave it; `post` null: the reader may not give it. */
export function GateNote({ gates, hits, post }: Props) {
  const t = useTranslations("approvals.gates");
  if (!gates.length) return null;
  const closed = gates.some((gate) => !gate.override);
  return (
    <Note kind={closed ? "danger" : "plain"} icon={<Icon name={closed ? "warning" : "check"} />}>
      <b>{t("title")}</b>
      <ul>
        {gates.map(({ kind, term, override }) => {
          const places = [...new Set(hits.filter((hit) => hit.kind === kind && hit.term === term).map((hit) => hit.place))];
          return (
            <li key={`${kind} ${term}`}>
              {t("stands", { term, kind: t(`kind.${kind}`), places: places.map((place) => t(`where.${place}`)).join(", ") })}
              {override && <span className="block text-ink-2">{t("opened", { name: override.by, reason: override.reason })}</span>}
            </li>
          );
        })}
      </ul>
      {closed && post && <GateOverride post={post} />}
    </Note>
  );
}
