"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState, useTransition } from "react";
import { changeManyAction } from "#lib/posts/actions.ts";
import type { BulkInput } from "#lib/posts/schema.ts";
import type { Zone } from "#lib/units/calendar.ts";
import Link from "@/components/ui/link.tsx";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { RepeatMark } from "../ui/repeat-mark.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import type { PlanItem } from "./item.ts";
import { MoveButton } from "./move-button.tsx";

type Refused = { id: string; title: string; reason: string };
type Ref = { postId: string; revision: number };

/** Posts in time, as a table and on phones as cards; those chosen are changed together, each with its own answer. */
export function PlanList({ items, zone, may }: { items: PlanItem[]; zone: Zone; may: { change: boolean; cancel: boolean } }) {
  const t = useTranslations("calendar.list");
  const words = useTranslations("calendar");
  const ui = useTranslations("ui");
  const router = useRouter();
  const answerText = useAnswerText();
  const days = useId();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [shift, setShift] = useState("1");
  const [refused, setRefused] = useState<Refused[]>([]);
  const [asking, ask] = useState(false);
  const [busy, start] = useTransition();
  const picked = items.filter((item) => chosen.has(item.id));
  const titleOf = (id: string) => items.find((item) => item.id === id)?.title || words("untitled");

  const send = async (act: BulkInput["act"], by: number, posts: Ref[]): Promise<Ref[]> => {
    const answer = await changeManyAction({ act, days: by, posts }).catch(unreachable);
    if (!answer.ok) {
      showToast(answerText(answer));
      return [];
    }
    setRefused(answer.results.flatMap((r) => (r.ok ? [] : [{ id: r.postId, title: titleOf(r.postId), reason: answerText(r) }])));
    choose(new Set(answer.results.flatMap((r) => (r.ok ? [] : [r.postId]))));
    router.refresh();
    return answer.results.flatMap((r) => (r.ok ? [{ postId: r.postId, revision: r.revision }] : []));
  };
  const run = (act: BulkInput["act"], by = 0) =>
    start(async () => {
      const done = await send(
        act,
        by,
        picked.slice(0, 100).map(({ id, revision }) => ({ postId: id, revision })),
      );
      const takeBack = act === "shift" ? () => start(async () => void (await send("shift", -by, done))) : undefined;
      if (done.length) showToast(t(`done.${act}`, { count: done.length }), takeBack);
    });
  const toggle = (id: string) => choose((now) => (now.has(id) ? new Set([...now].filter((each) => each !== id)) : new Set([...now, id])));
  const by = Number(shift);
  const shiftable = Number.isInteger(by) && by !== 0 && Math.abs(by) <= 366;

  return (
    <>
      {refused.length > 0 && (
        <Note kind="warn" role="status">
          <p className="font-label">{t("refused", { count: refused.length })}</p>
          <ul>
            {refused.map(({ id, title, reason }) => (
              <li key={id}>
                {title}: {reason}
              </li>
            ))}
          </ul>
        </Note>
      )}
      {picked.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would carry a legend and a border of its own
        <div className="cal-bulk" role="group" aria-label={t("bulk")}>
          <span aria-live="polite">{t("chosen", { count: picked.length })}</span>
          <label htmlFor={days}>{t("shiftBy")}</label>
          <Input
            id={days}
            type="number"
            className="w-20"
            min={-366}
            max={366}
            value={shift}
            onChange={(event) => setShift(event.target.value)}
          />
          <Button small aria-disabled={busy || !shiftable || undefined} onClick={() => !busy && shiftable && run("shift", by)}>
            {t("shift")}
          </Button>
          <Button small aria-disabled={busy || undefined} onClick={() => !busy && run("unschedule")}>
            {t("unschedule")}
          </Button>
          {may.cancel && (
            <Button small kind="danger" aria-disabled={busy || undefined} onClick={() => !busy && ask(true)}>
              {t("cancel")}
            </Button>
          )}
        </div>
      )}
      <div className="panel">
        <table className="tbl post-table cal-list">
          <thead>
            <tr>
              {may.change && (
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label={t("all")}
                    checked={picked.length === items.length}
                    onChange={(event) => choose(new Set(event.target.checked ? items.map((item) => item.id) : []))}
                  />
                </th>
              )}
              <th scope="col">{t("column.time")}</th>
              <th scope="col">{t("column.post")}</th>
              <th scope="col">{t("column.state")}</th>
              <th scope="col">{t("column.channels")}</th>
              <th scope="col">
                <span className="sr-only">{t("column.move")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                {may.change && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={item.title || words("untitled")}
                      checked={chosen.has(item.id)}
                      onChange={() => toggle(item.id)}
                    />
                  </td>
                )}
                <td className="quiet whitespace-nowrap">
                  <Time at={new Date(item.at)} zone={zone} style="short" />
                </td>
                <td className="title">
                  <Link href={`/posts/${item.id}`} className="hover:underline">
                    {item.title || words("untitled")}
                  </Link>
                  {item.unit && <span className="text-13 text-ink-3 font-body"> · {item.unit}</span>}
                </td>
                <td>
                  <StateBadge state={item.shown} /> {item.repeats && <RepeatMark />}
                </td>
                <td className="quiet">
                  <span className="flex gap-x-3 flex-wrap">
                    {item.platforms.map((platform) => (
                      <PlatformMark key={platform} platform={platform} />
                    ))}
                  </span>
                </td>
                <td>{item.movable && <MoveButton item={item} zone={zone} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Dialog
        open={asking}
        onClose={() => ask(false)}
        title={t("cancelTitle", { count: picked.length })}
        closeLabel={ui("close")}
        actions={
          <Button
            kind="danger"
            onClick={() => {
              ask(false);
              run("cancel");
            }}
          >
            {t("cancelYes")}
          </Button>
        }
      >
        <p>{t("cancelText")}</p>
      </Dialog>
    </>
  );
}
