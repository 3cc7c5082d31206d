import type { CSSProperties, ReactNode } from "react";

/** One hour of the week. `strength` from 0 to 1 is its shade; `label` stands in it, `spoken` says it in whole words. */
export type HeatCell = { weekday: number; hour: number; strength: number; label: string; spoken: string };

type Props = {
  /** The answer that the table gives. */
  title: ReactNode;
  /** What it shows, for those who do not see it. */
  summary: string;
  cells: readonly HeatCell[];
  words: { day: string; weekday: (weekday: number) => string; nothing: string };
  /** What the shades mean, and on which clock the hours are. */
  note: ReactNode;
  aside?: ReactNode;
};

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** From the first hour in which something stands to the last; the whole day where nothing does. */
function hoursOf(cells: readonly HeatCell[]): number[] {
  const known = cells.map(({ hour }) => hour);
  const [first, last] = known.length ? [Math.min(...known), Math.max(...known)] : [0, 23];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The hours of a week as a table whose cells are shaded; the words in them do without the shade. */
export function HeatTable({ title, summary, cells, words, note, aside }: Props) {
  const hours = hoursOf(cells);
  const places = new Map(cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  return (
    <figure className="heat">
      <figcaption>
        {title}
        {aside}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard */}
      <section tabIndex={0} aria-label={summary}>
        <table style={{ "--hours": hours.length } as CSSProperties}>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{words.day}</span>
              </th>
              {hours.map((hour) => (
                <th key={hour} scope="col">
                  {String(hour).padStart(2, "0")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((weekday) => (
              <tr key={weekday}>
                <th scope="row">{words.weekday(weekday)}</th>
                {hours.map((hour) => {
                  const cell = places.get(weekday * 24 + hour);
                  return cell ? (
                    <td key={hour} title={cell.spoken} style={{ "--strength": `${Math.round(cell.strength * 45)}%` } as CSSProperties}>
                      <span aria-hidden="true">{cell.label}</span>
                      <span className="sr-only">{cell.spoken}</span>
                    </td>
                  ) : (
                    <td key={hour} className="none">
                      <span className="sr-only">{words.nothing}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="note-line">{note}</p>
    </figure>
  );
}
