/** Which column of a table means what: by the headings of the platforms' own exports, or as a person says. Pure. */

import type { Platform } from "../../platforms/contract.ts";
import { type Columns, type DayOrder, type ImportField, importFields } from "./rules.ts";

export const layouts = ["template", "meta-facebook", "meta-instagram", "x", "x-old", "tiktok", "youtube", "followers"] as const;
export type LayoutCode = (typeof layouts)[number];

type Layout = {
  code: LayoutCode;
  /** Null: of any platform. */
  platforms: readonly Platform[] | null;
  /** Headings of which one has to be there, so that it is this export and no other. */
  telling: readonly string[];
  /** The headings of each field, English and Indonesian; the first that is there is taken. */
  headings: Partial<Record<ImportField, readonly string[]>>;
  /** What "05/11/2026" means where the column does not tell: by the language of the headings. */
  english: DayOrder;
};

const meta = {
  permalink: ["permalink", "tautan permanen", "permalink postingan"],
  postId: ["post id", "id postingan"],
  moment: ["publish time", "waktu penerbitan", "waktu publikasi", "waktu terbit"],
  text: ["description", "deskripsi", "keterangan", "caption"],
  title: ["title", "judul"],
  kind: ["post type", "jenis postingan", "tipe postingan"],
  comments: ["comments", "komentar"],
  shares: ["shares", "dibagikan", "share", "bagikan", "berbagi"],
  views: ["views", "tayangan", "impressions", "impresi", "video views"],
  reach: ["reach", "jangkauan", "people reached", "akun yang dijangkau"],
} as const;

/** The exports that are told apart. None was seen on a live account: docs/platform-facts.md says so. */
const known: readonly Layout[] = [
  {
    code: "template",
    platforms: null,
    telling: ["tautan", "link", "url", "permalink"],
    headings: {
      permalink: ["tautan", "link", "url", "permalink"],
      moment: ["waktu", "tanggal", "waktu terbit", "published at", "publish time", "date", "time"],
      text: ["teks", "naskah", "caption", "text", "description"],
      kind: ["jenis", "media", "type", "post type"],
      alt: ["teks alternatif", "alt", "alt text"],
      likes: ["suka", "likes", "like", "reactions"],
      comments: ["komentar", "comments"],
      shares: ["dibagikan", "bagikan", "shares", "reposts"],
      views: ["tayangan", "dilihat", "views", "impressions"],
      reach: ["jangkauan", "reach"],
    },
    english: "dmy",
  },
  {
    code: "meta-instagram",
    platforms: ["instagram"],
    telling: ["account username", "nama pengguna akun"],
    headings: { ...meta, account: ["account username", "nama pengguna akun"], likes: ["likes", "suka"] },
    english: "mdy",
  },
  {
    code: "meta-facebook",
    platforms: ["facebook"],
    telling: ["page id", "id halaman", "page name", "nama halaman"],
    headings: { ...meta, account: ["page id", "id halaman"], likes: ["reactions", "reaksi", "likes", "suka"] },
    english: "mdy",
  },
  {
    code: "x",
    platforms: ["x"],
    telling: ["post id", "id postingan", "post link", "tautan postingan"],
    headings: {
      permalink: ["post link", "tautan postingan", "link postingan"],
      postId: ["post id", "id postingan"],
      moment: ["date", "tanggal"],
      text: ["post text", "teks postingan"],
      likes: ["likes", "suka"],
      comments: ["replies", "balasan"],
      shares: ["reposts", "posting ulang", "repost"],
      views: ["impressions", "impresi", "tayangan"],
    },
    english: "mdy",
  },
  {
    code: "x-old",
    platforms: ["x"],
    telling: ["tweet id", "id tweet", "tweet permalink", "permalink tweet"],
    headings: {
      permalink: ["tweet permalink", "permalink tweet"],
      postId: ["tweet id", "id tweet"],
      moment: ["time", "waktu"],
      text: ["tweet text", "teks tweet"],
      likes: ["likes", "suka"],
      comments: ["replies", "balasan"],
      shares: ["retweets", "retweet"],
      views: ["impressions", "impresi"],
    },
    english: "mdy",
  },
  {
    code: "tiktok",
    platforms: ["tiktok"],
    telling: ["video link", "link video", "tautan video"],
    headings: {
      permalink: ["video link", "link video", "tautan video"],
      moment: ["post time", "posted", "waktu posting", "waktu diposting", "waktu unggah"],
      text: ["video title", "judul video", "description", "deskripsi"],
      likes: ["total likes", "total suka", "jumlah suka", "likes", "suka"],
      comments: ["total comments", "total komentar", "jumlah komentar", "comments", "komentar"],
      shares: ["total shares", "total dibagikan", "jumlah dibagikan", "shares", "dibagikan"],
      views: ["total views", "total penayangan", "jumlah penayangan", "total tayangan", "views", "tayangan"],
      reach: ["reached audience", "audiens yang dijangkau"],
    },
    english: "mdy",
  },
  {
    code: "youtube",
    platforms: ["youtube"],
    telling: ["video publish time", "waktu publikasi video", "waktu penayangan video"],
    headings: {
      postId: ["content", "konten", "video", "video id"],
      moment: ["video publish time", "waktu publikasi video", "waktu penayangan video"],
      text: ["video title", "judul video"],
      likes: ["likes", "suka"],
      comments: ["comments added", "comments", "komentar ditambahkan", "komentar"],
      shares: ["shares", "dibagikan", "pembagian"],
      // Impressions of the thumbnail ("Tayangan") are no views.
      views: ["views", "penayangan"],
      reach: ["unique viewers", "penonton unik"],
    },
    english: "mdy",
  },
  {
    code: "followers",
    platforms: null,
    telling: ["followers", "pengikut", "total followers", "total pengikut", "jumlah pengikut", "subscribers total", "total subscriber"],
    headings: {
      moment: ["date", "tanggal", "day", "hari"],
      followers: ["total followers", "total pengikut", "jumlah pengikut", "followers", "pengikut", "subscribers total", "total subscriber"],
    },
    english: "mdy",
  },
];

/** The headings of the table that a person may keep himself. */
export const templateColumns = [
  "Tautan",
  "Waktu",
  "Teks",
  "Jenis",
  "Teks alternatif",
  "Suka",
  "Komentar",
  "Dibagikan",
  "Tayangan",
  "Jangkauan",
];

/** A heading as it is compared: without case, signs and surplus spaces. */
export const plainHeading = (heading: string) =>
  heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[_\s]+/g, " ")
    .replace(/[“”"':*]|\((?:utc|wib|wita|wit)\)$/g, "")
    .trim();

export type Recognised = { layout: LayoutCode; columns: Columns; dayOrder: DayOrder; otherPlatforms: readonly Platform[] | null };

/** The export that a row of headings belongs to, those of the account's platform before others; null when it is none of them. */
export function recognise(headings: readonly string[], platform: Platform): Recognised | null {
  const plain = headings.map(plainHeading);
  const found = known
    .filter(({ telling }) => telling.some((heading) => plain.includes(heading)))
    .map((layout) => ({ layout, columns: columnsOf(plain, layout) }))
    .filter(({ columns }) => missingIn(columns).length === 0)
    .map((one) => ({ ...one, weight: weightOf(one.layout, one.columns, platform) }))
    .sort((a, b) => b.weight - a.weight)[0];
  if (!found) return null;
  const { layout, columns } = found;
  const indonesian = plain.some((heading) => /^(?:tanggal|waktu|suka|komentar|judul|jangkauan|pengikut|reaksi|teks)\b/.test(heading));
  return {
    layout: layout.code,
    columns,
    dayOrder: indonesian ? "dmy" : layout.english,
    otherPlatforms: layout.platforms && !layout.platforms.includes(platform) ? layout.platforms : null,
  };
}

const weightOf = ({ code, platforms }: Layout, columns: Columns, platform: Platform) =>
  Object.keys(columns).length + (platforms?.includes(platform) ? 20 : platforms ? 3 : 0) - (code === "followers" ? 2 : 0);

function columnsOf(plain: readonly string[], { headings }: Pick<Layout, "headings">): Columns {
  const columns: Columns = {};
  const used = new Set<number>();
  for (const field of importFields)
    for (const heading of headings[field] ?? []) {
      const at = plain.findIndex((one, index) => one === heading && !used.has(index));
      if (at < 0) continue;
      columns[field] = at;
      used.add(at);
      break;
    }
  return columns;
}

/** What headings that belong to no known export seem to say: a beginning for the person who maps them. */
export function guess(headings: readonly string[]): Columns {
  const all: Partial<Record<ImportField, string[]>> = {};
  for (const { headings: own } of known)
    for (const [field, names] of Object.entries(own) as [ImportField, readonly string[]][])
      all[field] = [...(all[field] ?? []), ...names.filter((name) => !["content", "konten", "video"].includes(name))];
  return columnsOf(headings.map(plainHeading), { headings: all });
}

/** A table of follower counts has days and followers, and names no posts. */
export const isFollowerTable = (columns: Columns) =>
  columns.followers !== undefined && columns.permalink === undefined && columns.postId === undefined;

/** Without these nothing can be read. */
export function missingIn(columns: Columns): ImportField[] {
  const missing: ImportField[] = [];
  if (columns.permalink === undefined && columns.postId === undefined && columns.followers === undefined) missing.push("permalink");
  if (columns.moment === undefined) missing.push("moment");
  return missing;
}

const headingRows = 20;

export type Headed = { headings: string[] /** From 0. */; row: number };

/**
 * The row that heads the table: the one of the first twenty that names most of what we know. A cell that is empty there takes the
 * name above it, as cells that were merged over two rows leave it. Without a known name it is the first row with two cells.
 */
export function headingOf(cells: readonly (readonly string[])[]): Headed | null {
  let best: (Headed & { names: number }) | null = null;
  for (const [row, line] of cells.slice(0, headingRows).entries()) {
    if (line.every((cell) => cell.trim() === "")) continue;
    const above = row > 0 ? cells[row - 1]! : [];
    const headings = line.map((cell, index) => (cell.trim() === "" ? (above[index] ?? "").trim() : cell.trim()));
    if (headings.filter(Boolean).length < 2) continue;
    const names = Object.keys(guess(headings)).length;
    if (!best || names > best.names) best = { headings, row, names };
  }
  return best && { headings: best.headings, row: best.row };
}
