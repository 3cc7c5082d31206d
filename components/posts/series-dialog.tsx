"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { isLocale } from "#lib/core/text.ts";
import { beginSeriesAction, previewSeriesAction } from "#lib/posts/actions.ts";
import type { Recurrence } from "#lib/posts/recurrence.ts";
import type { SeriesPreview } from "#lib/posts/series.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { shortDay, wholeDay } from "../calendar/words.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Input, Select } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { nameOfWeekday } from "./rule-words.ts";
import { patterns, ruleOf, type SeriesForm } from "./series-form.ts";

type Props = { postId: string; zone: Zone; zoneLabel: string; begin: Pick<SeriesForm, "from" | "until" | "time">; onClose: () => void };

const PAUSE_MS = 300;
const week = [1, 2, 3, 4, 5, 6, 7];

/** Chooses in words when a post comes again, and shows its next days before anything is made. */
export default function SeriesDialog({ postId, zone, zoneLabel, begin, onClose }: Props) {
  const t = useTranslations("series");
  const ui = useTranslations("ui");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const router = useRouter();
  const answerText = useAnswerText();
  const [form, setForm] = useState<SeriesForm>({
    ...{ pattern: "work", weekdays: [1], monthDay: 1, nth: 1, weekday: 1, onHoliday: "skip" },
    ...begin,
  });
  const [preview, setPreview] = useState<SeriesPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, start] = useTransition();
  const change = (part: Partial<SeriesForm>) => setForm({ ...form, ...part });
  const rule: Recurrence = ruleOf(form, zone);
  const asked = JSON.stringify(rule);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks anew, a moment after the last change, when the rule is another
  useEffect(() => {
    let late = false;
    const timer = setTimeout(async () => {
      const answer = await previewSeriesAction({ postId, rule }).catch(unreachable);
      if (late) return;
      setPreview(answer.ok ? answer.preview : null);
      setProblem(answer.ok ? null : answerText(answer));
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [postId, asked]);

  const send = () =>
    start(async () => {
      const answer = await beginSeriesAction({ postId, rule }).catch(unreachable);
      if (!answer.ok) return setProblem(answerText(answer));
      showToast(t("begun", { count: answer.made }));
      onClose();
      router.push("/posts/series");
    });

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("begin")}
      closeLabel={ui("close")}
      actions={
        <Button kind="primary" aria-disabled={busy || !preview || undefined} onClick={() => !busy && preview && send()}>
          {t("send")}
        </Button>
      }
    >
      <div className="grid gap-4">
        <p className="text-13 text-ink-2">{t("what")}</p>
        <Field id="ulang-pola" label={t("pattern")}>
          {(control) => (
            <Select {...control} value={form.pattern} onChange={(e) => change({ pattern: e.target.value as SeriesForm["pattern"] })}>
              {patterns.map((pattern) => (
                <option key={pattern} value={pattern}>
                  {t(`patterns.${pattern}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {form.pattern === "week" && (
          <fieldset>
            <legend className="label">{t("weekdays")}</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-1">
              {week.map((weekday) => (
                <label key={weekday} className="flex items-center gap-2 text-14">
                  <input
                    type="checkbox"
                    checked={form.weekdays.includes(weekday)}
                    onChange={(e) =>
                      change({
                        weekdays: e.target.checked ? [...form.weekdays, weekday].sort() : form.weekdays.filter((each) => each !== weekday),
                      })
                    }
                  />
                  <span>{nameOfWeekday(weekday, locale)}</span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        {form.pattern === "month" && (
          <Field id="ulang-tanggal" label={t("monthDay")} hint={t("monthDayHint")}>
            {(control) => (
              <Select
                {...control}
                value={form.monthDay}
                onChange={(e) => change({ monthDay: e.target.value === "last" ? "last" : Number(e.target.value) })}
              >
                {Array.from({ length: 31 }, (_, index) => index + 1).map((day) => (
                  <option key={day} value={day}>
                    {day}
                  </option>
                ))}
                <option value="last">{t("lastDay")}</option>
              </Select>
            )}
          </Field>
        )}
        {form.pattern === "month-weekday" && (
          <div className="grid gap-4 md:grid-cols-2">
            <Field id="ulang-ke" label={t("nth")}>
              {(control) => (
                <Select
                  {...control}
                  value={form.nth}
                  onChange={(e) => change({ nth: e.target.value === "last" ? "last" : Number(e.target.value) })}
                >
                  {([1, 2, 3, 4, "last"] as const).map((nth) => (
                    <option key={nth} value={nth}>
                      {t("nthName", { nth: String(nth) })}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field id="ulang-hari" label={t("weekday")}>
              {(control) => (
                <Select {...control} value={form.weekday} onChange={(e) => change({ weekday: Number(e.target.value) })}>
                  {week.map((weekday) => (
                    <option key={weekday} value={weekday}>
                      {nameOfWeekday(weekday, locale)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        )}
        <div className="grid gap-4 md:grid-cols-3">
          <Field id="ulang-jam" label={t("time", { zone: zoneLabel })}>
            {(control) => <Input {...control} type="time" value={form.time} onChange={(e) => change({ time: e.target.value })} />}
          </Field>
          <Field id="ulang-mulai" label={t("from")}>
            {(control) => <Input {...control} type="date" value={form.from} onChange={(e) => change({ from: e.target.value })} />}
          </Field>
          <Field id="ulang-sampai" label={t("until")}>
            {(control) => <Input {...control} type="date" value={form.until} onChange={(e) => change({ until: e.target.value })} />}
          </Field>
        </div>
        <Field id="ulang-libur" label={t("onHoliday")}>
          {(control) => (
            <Select {...control} value={form.onHoliday} onChange={(e) => change({ onHoliday: e.target.value as Recurrence["onHoliday"] })}>
              {(["skip", "keep", "before", "after"] as const).map((how) => (
                <option key={how} value={how}>
                  {t(`holiday.${how}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <section aria-label={t("next")} aria-live="polite">
          {problem && <p className="error">{problem}</p>}
          {preview && (
            <>
              <p className="label">{t("next")}</p>
              <ul className="text-13">
                {preview.next.map(({ day, marks }) => (
                  <li key={day}>
                    {wholeDay(day, locale)}
                    {marks.length > 0 && (
                      <span className="text-ink-3">
                        {" "}
                        · {marks.map((mark) => (mark.off ? t("off", { name: mark.name }) : mark.name)).join(", ")}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
              <p className="text-13 text-ink-3 mt-2">{t("total", { count: preview.count, last: shortDay(preview.last, locale) })}</p>
            </>
          )}
        </section>
      </div>
    </Dialog>
  );
}
