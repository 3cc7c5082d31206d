import type { Locale } from "#lib/core/text.ts";
import type { Words } from "#lib/reports/document/building.ts";
import { type Part, printCell, type ReportDocument, type Table } from "#lib/reports/document/model.ts";
import type { Letterhead } from "#lib/reports/letterhead/schema.ts";
import { officeLines, printedNip, type Signatory } from "#lib/reports/signing.ts";
import { DrawingView } from "./drawing-view.tsx";

type Props = {
  document: ReportDocument;
  letterhead: Letterhead;
  number: string | null;
  signatory: Signatory | null;
  /** "Slawi, 2 November 2026" is written with this day. */
  day: string;
  say: Words;
  locale: Locale;
};

const letter = (index: number) => String.fromCharCode(65 + index);

/** A report as a page to be read: what stands in the PDF, in the same order. */
export function DocumentView({ document, letterhead, number, signatory, day, say, locale }: Props) {
  const t = (key: string, values?: Record<string, string | number>) => say(`reports.doc.${key}`, values);
  const begin = document.basis.length ? 1 : 0;
  const unknown = t("unknown");
  return (
    <article className="sheet-paper" aria-labelledby="judul-laporan">
      <LetterheadView letterhead={letterhead} />
      <h2 id="judul-laporan" className="title">
        {document.title}
        <br />
        {document.subject}
        <br />
        {document.period}
      </h2>
      <p className="text-center text-14">
        {t("number")}: {number ?? t("unnumbered")}
      </p>
      <p className="text-center text-13 text-ink-3">{document.asOf}</p>
      {begin > 0 && (
        <section>
          <h3>A. {t("basisHeading")}</h3>
          <ol className="list-decimal pl-6 text-14">
            {document.basis.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      )}
      {document.parts.map((part, index) => (
        <PartView key={part.key} part={part} heading={`${letter(index + begin)}. ${part.heading}`} unknown={unknown} locale={locale} />
      ))}
      {signatory && <SignBlock signatory={signatory} place={letterhead.place} day={day} t={t} />}
      {letterhead.copies.length > 0 && (
        <section>
          <h4>{t("copies")}</h4>
          <ol className="list-decimal pl-6 text-13">
            {letterhead.copies.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      )}
      {document.annexes.map((part, index) => (
        <PartView
          key={part.key}
          part={part}
          heading={`${t("annexHeading", { number: index + 1 })}. ${part.heading}`}
          unknown={unknown}
          locale={locale}
        />
      ))}
    </article>
  );
}

/** The head of a letter: logo and lines. */
export function LetterheadView({ letterhead }: { letterhead: Letterhead }) {
  return (
    <header className="kop">
      {letterhead.logoId && (
        // biome-ignore lint/performance/noImgElement: a private file of the library, already small
        <img src={`/api/media/${letterhead.logoId}`} alt="" className="mx-auto mb-2 h-16 w-auto" />
      )}
      {letterhead.lines.map((line) => (
        <p key={line} className="uppercase">
          {line}
        </p>
      ))}
      {letterhead.address && <small>{letterhead.address}</small>}
      {letterhead.contact && <small>{letterhead.contact}</small>}
    </header>
  );
}

type Words1 = (key: string, values?: Record<string, string | number>) => string;

export function SignBlock({ signatory, place, day, t }: { signatory: Signatory; place: string; day: string; t: Words1 }) {
  return (
    <div className="sign-block text-14">
      <p>{place ? t("signed", { place, day }) : day}</p>
      {officeLines(signatory).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p className="sign-place">{t("signHere")}</p>
      <p className="font-strong">{signatory.name}</p>
      {signatory.rank && <p>{signatory.rank}</p>}
      <p className="tabular-nums">NIP {printedNip(signatory.nip)}</p>
    </div>
  );
}

function PartView({ part, heading, unknown, locale }: { part: Part; heading: string; unknown: string; locale: Locale }) {
  const { sentences, figures, charts, tables, points } = part;
  return (
    <section>
      <h3>{heading}</h3>
      {sentences.map((sentence) => (
        <p key={sentence} className="text-14">
          {sentence}
        </p>
      ))}
      {figures.length > 0 && (
        <dl className="key-figures">
          {figures.map(({ label, value, text, note, changeText }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <b className={value === null ? "gone" : undefined}>{text}</b>
                {note && <span className="block">{note}</span>}
                <span className="block text-ink-3">{changeText}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {charts.map(({ title, drawing }) => (
        <div key={title}>
          <h4>{title}</h4>
          <DrawingView drawing={drawing} />
        </div>
      ))}
      {tables.map((table) => (
        <TableView key={table.caption} table={table} unknown={unknown} locale={locale} />
      ))}
      {points.length > 0 && (
        <ol className="list-decimal pl-6 text-14 grid gap-2">
          {points.map(({ text, reason }) => (
            <li key={text}>
              {text} <span className="block text-13 text-ink-3">{reason}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function TableView({ table: { caption, columns, rows }, unknown, locale }: { table: Table; unknown: string; locale: Locale }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard
    <section className="scroll mt-3" tabIndex={0} aria-label={caption}>
      <table className="tbl tbl-dense text-13">
        <caption className="text-left text-13 font-strong py-1">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, kind }) => (
              <th key={label} scope="col" className={kind === "text" ? "text-left" : "num"}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join("|")}>
              {columns.map(({ label, kind }, index) => {
                const cell = row[index] ?? null;
                const missing = cell === null;
                return (
                  <td key={label} className={`${kind === "text" ? "" : "num"} ${missing ? "text-ink-3" : ""}`}>
                    {missing && kind !== "text" && columns.length > 4 ? (
                      <>
                        <span aria-hidden="true">–</span>
                        <span className="sr-only">{unknown}</span>
                      </>
                    ) : (
                      printCell(cell, kind, locale, unknown)
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
