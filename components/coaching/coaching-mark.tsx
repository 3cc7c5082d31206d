import type { Route } from "next";
import { caseLink, unitLink } from "#lib/coaching/links.ts";
import type { UnitCoaching } from "#lib/coaching/queries.ts";
import Link from "@/components/ui/link.tsx";
import { Icon } from "../ui/icon.tsx";
import { Note } from "../ui/note.tsx";
import { CauseNames } from "./causes.tsx";
import { useCoachingWords } from "./words.ts";

type Props = { code: string; coaching: UnitCoaching };

/** Beside a unit's row elsewhere: why it is silent, as far as it is known, and the way to what helps it. */
export function CoachingMark({ code, coaching: { causes, liveCase } }: Props) {
  const { t } = useCoachingWords();
  return (
    <small className="coaching-mark">
      {causes.length > 0 && <CauseNames causes={causes} />}{" "}
      <Link className="link" href={(liveCase?.state === "open" ? caseLink(liveCase.id) : unitLink(code)) as Route}>
        {liveCase?.state === "open" ? t("mark.coached", { mentor: liveCase.mentor ?? "" }) : t("mark.toCause")}
      </Link>
    </small>
  );
}

/** The same above a report card. */
export function CoachingNote({ code, coaching }: Props) {
  return (
    <div className="mb-5">
      <Note kind="info" icon={<Icon name="lifebuoy" />}>
        <CoachingMark code={code} coaching={coaching} />
      </Note>
    </div>
  );
}
