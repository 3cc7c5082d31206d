/** Reads formatted text from the clipboard (HTML) as plain lines. Pure; runs in the browser. */

/** Their content is no text of the document. */
const silent = new Set(["style", "script", "head", "title", "template"]);
/** Elements that stand on lines of their own, and those with a blank line around. */
const blocks = new Set("div li tr ul ol table section article header footer main aside figure figcaption dl dt dd hr".split(" "));
const apart = new Set("p h1 h2 h3 h4 h5 h6 blockquote pre".split(" "));

/**
 * The words of a piece of HTML: paragraphs with a blank line between, list items with a dash, links with their address behind
 * them where it is not what they say. Anything malformed counts as text; nothing is ever carried over as markup.
 */
export function plainOfRich(html: string): string {
  const lower = html.toLowerCase();
  const page = new Page();
  for (let at = 0; at < html.length; ) {
    const tag = tagAt(html, at);
    if (tag) {
      page.take(tag);
      const silence = silent.has(tag.name) && !tag.closing ? lower.indexOf(`</${tag.name}`, tag.end) : tag.end;
      at = silence === -1 ? html.length : silence;
    } else {
      const next = html.indexOf("<", at + 1);
      const end = next === -1 ? html.length : next;
      page.write(decoded(html.slice(at, end).replace(/[ \t\r\n\f]+/g, " ")));
      at = end;
    }
  }
  return page.text();
}

const itemSign = "- ";

/** Text as it grows. Words are kept apart until the end: to look at a long text after each of them would take long. */
class Page {
  private readonly lines: string[] = [];
  private line: string[] = [];
  /** How many line breaks come before the next word. */
  private breaks = 0;
  private items = 0;
  private link: { address: string; said: string[] } | null = null;

  take({ name, closing, address }: Tag) {
    if (name === "br") this.breaks += 1;
    else if (name === "li") this.item(closing);
    else if (apart.has(name)) this.part(this.items > 0 ? 1 : 2);
    else if (blocks.has(name)) this.part(1);
    else if (name === "td" || name === "th") this.write(" ");
    else if (name === "a" && !closing) this.link = { address, said: [] };
    else if (name === "a") this.endLink();
  }

  write(words: string) {
    if (this.breaks > 0) {
      if (words.trim() === "") return;
      if (this.lines.length > 0 || this.line.length > 0) this.endLine();
      this.breaks = 0;
    }
    const follows = this.line.at(-1)?.endsWith(" ") ?? true;
    const written = follows ? words.replace(/^ +/, "") : words;
    if (written !== "") this.line.push(written);
    this.link?.said.push(written);
  }

  text() {
    this.endLine();
    return this.lines.join("\n").trimEnd();
  }

  private endLine() {
    this.lines.push(this.line.join("").replace(/ $/, ""), ...Array<string>(Math.max(0, Math.min(this.breaks, mostBreaks) - 1)).fill(""));
    this.line = [];
  }

  private item(closing: boolean) {
    this.breaks = Math.max(this.breaks, 1);
    this.items = Math.max(0, this.items + (closing ? -1 : 1));
    if (!closing) this.write(itemSign);
  }

  /** A list item's first paragraph stays beside its dash. */
  private part(breaks: number) {
    if (this.line.length !== 1 || this.line[0] !== itemSign) this.breaks = Math.max(this.breaks, breaks);
  }

  private endLink() {
    const { address, said } = this.link ?? { address: "", said: [] };
    const words = said.join("");
    this.link = null;
    if (words.trim() && /^https?:/i.test(address) && bareAddress(words) !== bareAddress(address)) this.write(` (${address})`);
  }
}

/** More empty lines than these are the writer's finger on a key. */
const mostBreaks = 5;

type Tag = { name: string; closing: boolean; address: string; end: number };

/** The tag, comment or declaration that begins at a place, if one does. */
function tagAt(source: string, at: number): Tag | null {
  if (source[at] !== "<") return null;
  if (/^<[!?]/.test(source.slice(at, at + 2))) {
    const close = source.startsWith("<!--", at) ? "-->" : ">";
    const end = source.indexOf(close, at + 2);
    return { name: "", closing: false, address: "", end: end === -1 ? source.length : end + close.length };
  }
  const form = /<(\/?)([a-z][a-z0-9:-]*)([^<>]*)>/iy;
  form.lastIndex = at;
  const found = form.exec(source);
  if (!found) return null;
  const [, slash, name = "", attributes = ""] = found;
  const address = /(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/i.exec(attributes);
  return {
    name: name.toLowerCase(),
    closing: slash === "/",
    address: decoded(address?.[1] ?? address?.[2] ?? address?.[3] ?? ""),
    end: form.lastIndex,
  };
}

const bareAddress = (address: string) =>
  address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, "")
    .replace(/\/$/, "");

const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  shy: "\u00ad",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  bull: "•",
  middot: "·",
  copy: "©",
  reg: "®",
  deg: "°",
  times: "×",
  eacute: "é",
};

/** Entities as the characters that they name; an unknown one stays as it is written. */
const decoded = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
    const real = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return real ? String.fromCodePoint(code) : "";
  });
