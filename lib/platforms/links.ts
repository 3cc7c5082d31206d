/** Finds links, hashtags, mentions and cashtags in a text, as the platforms' own parsers do. Pure; runs in the browser. */

export type Span = { text: string; start: number; end: number };

/** The country domains: a name that ends in one is a link even without "https://" (`tegalkab.go.id`). Source: ISO 3166 / IANA. */
const countryDomains = new Set(
  (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co " +
    "cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn " +
    "hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm " +
    "mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb " +
    "sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn " +
    "vu wf ws ye yt za zm zw"
  ).split(" "),
);

/** The general domains that are met in practice; a rarer one counts as a link when written with "https://". */
const generalDomains = new Set(
  (
    "com net org edu gov mil int info biz name pro mobi asia aero coop museum jobs tel travel cat post app dev page link site online web store shop " +
    "blog news cloud tech live life media video social email network world today space digital agency center company tv xyz top club"
  ).split(" "),
);

// Labels end at 63 characters, the limit of DNS; it also keeps the search linear on long words.
const label = (letters: string) => `[${letters}](?:[${letters}_-]{0,61}[${letters}])?`;
const asciiDomain = `(?:${label("a-z0-9")}\\.)+([a-z]{2,63})(?![a-z0-9_-])`;
const anyDomain = `(?:${label("\\p{L}\\p{M}\\p{N}")}\\.)+\\p{L}{2,63}`;
const pathLetters = "\\p{Script=Latin}\\p{Script=Cyrillic}0-9";
const path = `(?:/(?:[${pathLetters}!*';:=+,.$/%#\\[\\]\\-–_~@|&()]*[${pathLetters}=_#/+\\-)])?)?`;
const query = "(?:\\?[a-z0-9!?*'@();:&=+$/%#\\[\\]\\-_.,~|]*[a-z0-9\\-_&=#/])?";
const linkPattern = new RegExp(`(?:(https?://)${anyDomain}|${asciiDomain})(?::\\d+)?${path}${query}`, "giu");
const forbiddenBefore = /[A-Za-z0-9@＠$#＃]$/;
const forbiddenBeforeBare = /[-_./]$/;

/** Links in a text, with or without "https://", as X and Bluesky recognise them. Positions are UTF-16 indices. */
export function findLinks(text: string): Span[] {
  const found: Span[] = [];
  if (!text.includes(".")) return found; // compiling the pattern is felt on a slow phone
  for (const match of text.matchAll(linkPattern)) {
    const [whole, scheme, top] = match;
    const before = text.slice(Math.max(0, match.index - 1), match.index);
    if (forbiddenBefore.test(before)) continue;
    if (!scheme) {
      const known = top !== undefined && (countryDomains.has(top.toLowerCase()) || generalDomains.has(top.toLowerCase()));
      if (!known || forbiddenBeforeBare.test(before) || text[match.index + whole.length] === "@") continue;
    }
    const link = balanced(whole);
    found.push({ text: link, start: match.index, end: match.index + link.length });
  }
  return found;
}

/** A closing bracket belongs to the link only when the link opened it. */
function balanced(link: string): string {
  let depth = 0;
  for (let i = 0; i < link.length; i += 1) {
    if (link[i] === "(") depth += 1;
    else if (link[i] === ")" && --depth < 0) return link.slice(0, i).replace(/[.,;:!?']+$/, "");
  }
  return link;
}

function spans(text: string, pattern: RegExp): Span[] {
  const links = findLinks(text);
  return Array.from(text.matchAll(pattern), (match) => ({ text: match[0], start: match.index, end: match.index + match[0].length })).filter(
    (span) => !links.some((link) => span.start >= link.start && span.start < link.end),
  );
}

/** Hashtags with their `#`; a tag holds at least one letter. */
export function findHashtags(text: string): Span[] {
  return spans(text, /(?<![\p{L}\p{N}_&/])[#＃][\p{N}_]*[\p{L}\p{M}][\p{L}\p{M}\p{N}_]*/gu);
}

/** Mentions with their `@`. */
export function findMentions(text: string): Span[] {
  return spans(text, /(?<![\p{L}\p{N}_@/.])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?/gu);
}

/** Cashtags such as `$BBRI`. */
export function findCashtags(text: string): Span[] {
  return spans(text, /(?<![\p{L}\p{N}_$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?![\p{L}\p{N}_])/gu);
}
