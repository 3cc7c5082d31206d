import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainOfRich } from "./rich-text.ts";

describe("formatted text", () => {
  it.each([
    ["paragraphs", "<p>Satu <b>tebal</b>.</p><p>Dua.</p>", "Satu tebal.\n\nDua."],
    ["lines", "Satu<br>dua<br/><br />tiga<div>empat</div>lima", "Satu\ndua\n\ntiga\nempat\nlima"],
    ["lists", "<ul>\n <li>KTP</li>\n <li><p>KK</p></li>\n <li></li>\n</ul>Selesai", "- KTP\n- KK\n-\nSelesai"],
    ["tables", "<table><tr><td>Senin</td><td>08.00</td></tr><tr><td>Selasa</td><td>09.00</td></tr></table>", "Senin 08.00\nSelasa 09.00"],
    ["line breaks of the source", "Satu\n   dua\r\ntiga", "Satu dua tiga"],
    ["entities", "Air &amp; tanah &lt;5&gt; &#8211; &#x1F600; &nbsp;&unknown; AT&T", "Air & tanah <5> – 😀 \u00a0&unknown; AT&T"],
    ["links", '<a href="https://tegalkab.go.id/a?x=1&amp;y=2">di sini</a>.', "di sini (https://tegalkab.go.id/a?x=1&y=2)."],
    ["a link that says its address", '<a href="https://www.tegalkab.go.id/">tegalkab.go.id</a>', "tegalkab.go.id"],
    ["a link to nowhere on the web", "<a href='javascript:alert(1)'>klik</a><a name=x></a>", "klik"],
    [
      "what a word processor wraps around",
      "<html><head><title>x</title><style>p{}</style></head><body><!--StartFragment--><![if !supportLists]><p class=MsoNormal>Isi<o:p></o:p></p><!--EndFragment--></body></html>",
      "Isi",
    ],
    ["scripts", "a<script>alert('<b>')</script>b", "ab"],
    ["what is no markup", "3 < 5 > 4 <- a <b", "3 < 5 > 4 <- a <b"],
  ])("%s", (_name, html, plain) => expect(plainOfRich(html)).toBe(plain));

  it("reads 500,000 characters of opened and never closed tags", () => {
    for (const start of ["<", "<!--", "<a ", "<style>", "<p>", "<br>", "<li>", "&#", "<a href=x>"]) {
      expect(plainOfRich(start.repeat(500_000 / start.length)).length).toBeLessThanOrEqual(500_000);
    }
  });

  it("never throws, and carries every word of a paragraph over", () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.array(word, { minLength: 1 }), { minLength: 1 }), (noise, paragraphs) => {
        plainOfRich(`<${noise}`);
        const html = paragraphs.map((words) => `<p>${words.map((w) => `<i>${w}</i>`).join(" ")}</p>`).join("\n");
        expect(plainOfRich(html)).toBe(paragraphs.map((words) => words.join(" ")).join("\n\n"));
      }),
    );
  });
});
