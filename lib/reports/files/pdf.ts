import path from "node:path";
import pdfmake from "pdfmake";
import type { Content, ContentTable, TableCell, TDocumentDefinitions } from "pdfmake/interfaces.js";
import type { Words } from "../document/building.ts";
import { type Colour, svgOf } from "../document/drawing.ts";
import { type Column, type Part, printCell, type ReportDocument, type Table } from "../document/model.ts";
import type { Letterhead } from "../letterhead/schema.ts";
import type { Paper } from "../rules.ts";
import { officeLines, printedNip, type Signatory } from "../signing.ts";

const MM = 72 / 25.4;
/** F4 as Indonesian offices cut it: 215 × 330 mm. */
const sizes: Record<Paper, { width: number; height: number }> = {
  f4: { width: 215 * MM, height: 330 * MM },
  a4: { width: 210 * MM, height: 297 * MM },
};
const margin = { side: 57, top: 48, bottom: 60 };
const font = "PlusJakartaSans";
const SHORT_TABLE = 12;
const ink = { text: "#14181c", quiet: "#5f6873", line: "#c9ced4", accent: "#0a5c78", sunken: "#e9ecef" } satisfies Record<Colour, string>;

/** What a report looks like on paper beside its document. `logo`: a PNG; null where the government has none. */
export type Dress = {
  letterhead: Letterhead;
  logo: Uint8Array | null;
  number: string | null;
  signatory: Signatory | null;
  /** "Slawi, 2 November 2026" is written with this day. */
  signedDay: string;
  paper: Paper;
  simulated: boolean;
  createdAt: Date;
};

const fontFile = (name: string) => path.join(import.meta.dirname, "..", "fonts", `plus-jakarta-sans-${name}.ttf`);
const [regular, bold] = [fontFile("regular"), fontFile("bold")];
pdfmake.setFonts({ [font]: { normal: regular, bold, italics: regular, bolditalics: bold } });
// Whatever a text says, no address is asked and no file read but the typeface.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => file === regular || file === bold);

/** The report as a PDF. Charts are drawn as lines; the logo is its only picture. */
export function pdfOf(document: ReportDocument, dress: Dress, say: Words): Promise<Uint8Array> {
  return pdfmake.createPdf(new Layout(document, dress, say).definition()).getBuffer();
}

class Layout {
  private readonly document: ReportDocument;
  private readonly dress: Dress;
  private readonly say: Words;
  private readonly width: number;

  constructor(document: ReportDocument, dress: Dress, say: Words) {
    this.document = document;
    this.dress = dress;
    this.say = say;
    this.width = sizes[dress.paper].width - 2 * margin.side;
  }

  private t = (key: string, values?: Record<string, string | number>) => this.say(`reports.doc.${key}`, values);

  /** What is handed over is rewritten by the library: lists of the report go in as copies. */
  definition(): TDocumentDefinitions {
    const { document, dress } = this;
    const { parts, annexes } = document;
    return {
      pageSize: sizes[dress.paper],
      pageMargins: [margin.side, margin.top, margin.side, margin.bottom],
      language: "id-ID",
      displayTitle: true,
      version: "1.7",
      info: {
        title: `${document.title}: ${document.subject}, ${document.period}`,
        author: dress.letterhead.lines.join(", "),
        subject: document.period,
        creator: "Garda",
        producer: "Garda",
        creationDate: dress.createdAt,
      },
      defaultStyle: { font, fontSize: 9.5, lineHeight: 1.3, color: ink.text },
      styles: {
        heading: { fontSize: 11, bold: true, margin: [0, 14, 0, 5] },
        caption: { fontSize: 9, bold: true, margin: [0, 4, 0, 1] },
        head: { fontSize: 8, bold: true, color: ink.quiet },
        cell: { fontSize: 8.5 },
        quiet: { fontSize: 8.5, color: ink.quiet },
      },
      footer: (page, pages) => ({
        margin: [margin.side, 18, margin.side, 0],
        columns: [
          { text: [document.title, document.subject, document.period].join(" · "), style: "quiet", fontSize: 7.5, width: "*" },
          { text: this.t("page", { page, pages }), style: "quiet", fontSize: 7.5, width: 90, alignment: "right" },
        ],
      }),
      content: [
        ...this.head(),
        ...this.title(),
        ...this.basis(),
        ...parts.flatMap((part, index) => this.part(part, letter(index + (document.basis.length ? 1 : 0)))),
        this.signature(),
        ...this.copies(),
        ...annexes.flatMap((part, index) => this.annex(part, index)),
      ],
    };
  }

  /** The letterhead: logo, lines, address, and the double rule beneath. */
  private head(): Content[] {
    const { letterhead, logo, simulated } = this.dress;
    const last = letterhead.lines.length - 1;
    const lines: Content[] = letterhead.lines.map((line, index) => ({
      text: line.toUpperCase(),
      fontSize: index === last ? 14 : 12,
      bold: index === last,
      lineHeight: 1.15,
    }));
    const small: Content[] = [letterhead.address, letterhead.contact]
      .filter(Boolean)
      .map((text) => ({ text, fontSize: 8.5, lineHeight: 1.25 }));
    const place = logo ? 58 : 0;
    return [
      ...(simulated ? [{ text: this.t("simulated"), fontSize: 7.5, color: ink.quiet, alignment: "right" as const }] : []),
      {
        columns: [
          logo
            ? { image: `data:image/png;base64,${Buffer.from(logo).toString("base64")}`, fit: [place, 68] as [number, number], width: place }
            : { text: "", width: place },
          { stack: [...lines, ...small], alignment: "center", width: "*" },
          { text: "", width: place },
        ],
      },
      {
        margin: [0, 8, 0, 0],
        canvas: [
          { type: "line", x1: 0, y1: 0, x2: this.width, y2: 0, lineWidth: 2.25, lineColor: ink.text },
          { type: "line", x1: 0, y1: 2.75, x2: this.width, y2: 2.75, lineWidth: 0.75, lineColor: ink.text },
        ],
      },
    ];
  }

  private title(): Content[] {
    const { document, dress } = this;
    return [
      { text: document.title.toUpperCase(), fontSize: 13, bold: true, alignment: "center", margin: [0, 16, 0, 0] },
      { text: document.subject.toUpperCase(), fontSize: 11, bold: true, alignment: "center" },
      { text: document.period.toUpperCase(), fontSize: 11, bold: true, alignment: "center" },
      { text: `${this.t("number")}: ${dress.number ?? this.t("unnumbered")}`, alignment: "center", margin: [0, 4, 0, 6] },
      { text: document.asOf, style: "quiet", alignment: "center" },
    ];
  }

  private basis(): Content[] {
    const { basis } = this.document;
    if (!basis.length) return [];
    return [
      { text: `A. ${this.t("basisHeading")}`, style: "heading" },
      { ol: [...basis], margin: [12, 0, 0, 0] },
    ];
  }

  private part(part: Part, order: string | null): Content[] {
    const [first, ...rest] = part.sentences;
    const heading: Content[] = order ? [{ text: `${order}. ${part.heading}`, style: "heading" }] : [];
    const line = (text: string): Content => ({ text, margin: [0, 0, 0, 4] });
    const [shown, ...further] = [...this.charts(part), ...part.tables.map((table) => this.table(table))];
    const short = part.charts.length > 0 || (part.tables[0]?.rows.length ?? 0) <= SHORT_TABLE;
    return [
      // A heading never stands alone at a page's foot.
      {
        stack: [...heading, ...(first ? [line(first)] : []), ...this.figures(part), ...(shown && short ? [shown] : [])],
        unbreakable: true,
      },
      ...rest.map(line),
      ...(shown && !short ? [shown] : []),
      ...further,
      ...this.points(part),
    ];
  }

  /** The five figures side by side. */
  private figures({ figures }: Part): Content[] {
    if (!figures.length) return [];
    const unknown = this.t("unknown");
    const cells: TableCell[] = figures.map(({ label, text, note, changeText, value }) => ({
      stack: [
        { text: label, fontSize: 8, color: ink.quiet, lineHeight: 1.15 },
        { text: value === null ? unknown : text, fontSize: value === null ? 9 : 15, bold: true, margin: [0, 3, 0, 1], lineHeight: 1.1 },
        ...(note ? [{ text: note, fontSize: 8, lineHeight: 1.15 }] : []),
        { text: changeText, fontSize: 7.5, color: ink.quiet, lineHeight: 1.15, margin: [0, 2, 0, 0] as [number, number, number, number] },
      ],
      margin: [2, 4, 2, 4],
    }));
    return [
      {
        margin: [0, 4, 0, 8],
        table: { widths: figures.map(() => "*"), body: [cells] },
        layout: { hLineWidth: () => 0.75, vLineWidth: () => 0.75, hLineColor: () => ink.line, vLineColor: () => ink.line },
      },
    ];
  }

  private charts({ charts }: Part): Content[] {
    return charts.map(({ title, drawing }) => ({
      unbreakable: true,
      stack: [
        { text: title, style: "caption" },
        { svg: svgOf(drawing, ink, font), width: Math.min(drawing.width, this.width) },
      ],
      margin: [0, 0, 0, 4],
    }));
  }

  private table({ caption, columns, rows }: Table): Content {
    const unknown = this.t("unknown");
    const many = columns.length > 4;
    const align = ({ kind }: Column) => (kind === "text" ? "left" : "right");
    const firstText = columns.findIndex(({ kind }) => kind === "text");
    const head: TableCell[] = columns.map((column) => ({ text: column.label, style: "head", alignment: align(column) }));
    const body: TableCell[][] = rows.map((row) =>
      row.map((cell, index) => {
        const column = columns[index]!;
        const text = printCell(cell, column.kind, "id", many && column.kind !== "text" ? "–" : unknown);
        return { text, style: cell === null ? "quiet" : "cell", alignment: align(column) };
      }),
    );
    const named: TableCell[] = [{ text: caption, style: "caption", colSpan: columns.length }, ...columns.slice(1).map(() => ({}))];
    const table: ContentTable = {
      table: {
        // The name is repeated with the heads, and never left alone at a page's foot.
        headerRows: 2,
        keepWithHeaderRows: 2,
        dontBreakRows: true,
        widths: columns.map((column, index) => (column.kind !== "text" ? numberWidth(column, many) : index === firstText ? "*" : "auto")),
        body: [named, head, ...body],
      },
      layout: {
        hLineWidth: (row) => (row === 0 ? 0 : row <= 2 || row === body.length + 2 ? 0.75 : 0.4),
        vLineWidth: () => 0,
        hLineColor: (row) => (row <= 2 ? ink.quiet : ink.line),
        paddingLeft: (column) => (column === 0 ? 2 : 4),
        paddingRight: () => 4,
        paddingTop: () => 3,
        paddingBottom: () => 2,
      },
    };
    const dashes = many && rows.some((row) => row.some((cell, index) => cell === null && columns[index]!.kind !== "text"));
    const note: Content[] = dashes ? [{ text: this.t("dash"), style: "quiet", fontSize: 7.5, margin: [4, 2, 0, 0] }] : [];
    return { stack: [table, ...note], unbreakable: rows.length <= SHORT_TABLE, margin: [0, 2, 0, 6] };
  }

  private points({ points }: Part): Content[] {
    if (!points.length) return [];
    const item = ({ text, reason }: Part["points"][number]): Content => ({
      stack: [{ text }, { text: reason, style: "quiet" }],
      margin: [0, 0, 0, 4],
      unbreakable: true,
    });
    return [{ ol: points.map(item), margin: [12, 0, 0, 0] }];
  }

  /** The block that is signed: a place for the electronic signature, never a signature. */
  private signature(): Content {
    const { signatory, letterhead, signedDay } = this.dress;
    if (!signatory) return { text: "" };
    const { name, rank, nip } = signatory;
    return {
      unbreakable: true,
      margin: [0, 22, 0, 0],
      columns: [
        { text: "", width: "*" },
        {
          width: 235,
          stack: [
            { text: letterhead.place ? this.t("signed", { place: letterhead.place, day: signedDay }) : signedDay, margin: [0, 0, 0, 2] },
            ...officeLines(signatory).map((text) => ({ text })),
            {
              margin: [0, 8, 0, 8],
              table: {
                widths: [170],
                heights: 44,
                body: [[{ text: this.t("signHere"), style: "quiet", alignment: "center", margin: [0, 14, 0, 0] }]],
              },
              layout: {
                hLineWidth: () => 0.75,
                vLineWidth: () => 0.75,
                hLineColor: () => ink.quiet,
                vLineColor: () => ink.quiet,
                hLineStyle: () => ({ dash: { length: 3 } }),
                vLineStyle: () => ({ dash: { length: 3 } }),
              },
            },
            { text: name, bold: true },
            ...(rank ? [{ text: rank }] : []),
            { text: `NIP ${printedNip(nip)}` },
          ],
        },
      ],
    };
  }

  private copies(): Content[] {
    const { copies } = this.dress.letterhead;
    return copies.length
      ? [
          {
            stack: [
              { text: this.t("copies"), bold: true },
              { ol: [...copies], margin: [12, 0, 0, 0] },
            ],
            margin: [0, 16, 0, 0],
            unbreakable: true,
            fontSize: 8.5,
          },
        ]
      : [];
  }

  private annex(part: Part, index: number): Content[] {
    return [
      {
        pageBreak: "before",
        text: `${this.t("annexHeading", { number: roman(index + 1) })}. ${part.heading}`,
        style: "heading",
        margin: [0, 0, 0, 5],
      },
      ...this.part(part, null),
    ];
  }
}

/** Room for the longest word of a column's head: words are not broken. */
const numberWidth = ({ label }: Column, many: boolean) => {
  const longest = Math.max(...label.split(" ").map((word) => word.length));
  return Math.max(many ? 30 : 56, longest * 5.1 + 3);
};

const letter = (index: number) => String.fromCharCode(65 + index);
const roman = (number: number) => ["I", "II", "III", "IV", "V"][number - 1] ?? String(number);
