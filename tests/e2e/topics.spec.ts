import fs from "node:fs/promises";
import type { Page } from "@playwright/test";
import { atOnce } from "./later.ts";
import { citizen, comment, fresh, openCase, row } from "./steps.ts";
import { another, expect, expectSound, logIn, people, phone, test } from "./support.ts";

const figures = (page: Page, topic: string) => page.getByRole("table", { name: "Topik" }).getByRole("row", { name: topic });
const sentences = (page: Page) => page.getByRole("list", { name: "Percakapan di balik angka" });

/** What a download holds, line by line, its mark of UTF-8 taken off. */
async function downloaded(page: Page): Promise<string[]> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Unduh CSV" }).click()]);
  const text = await fs.readFile(await file.path(), "utf8");
  expect(text.startsWith("\ufeff")).toBe(true);
  return text.slice(1).split("\r\n");
}

/** The sentences behind the figure of a topic, from the page of topics. */
async function openFigure(page: Page, topic: string) {
  await page.goto("/inbox/topics");
  await figures(page, topic).getByRole("link", { name: /^\d+$/ }).click();
  await expect(page.getByText(`${topic}: `)).toBeVisible();
}

test("a figure leads to what was said, and a corrected topic moves it", async ({ page, context }) => {
  const mark = fresh();
  await logIn(page, people.author);
  const visitor = await citizen(context, page);
  await comment(visitor, "Mbak Yuli", `Kode ${mark}: lampu jalan depan balai desa mati, mohon diperbaiki`);
  await openCase(page, mark, "/inbox?view=all");
  await openFigure(page, "Lampu jalan");
  await expectSound(page);
  await sentences(page).getByRole("link", { name: mark }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Mbak Yuli" })).toBeVisible();
  await page.getByRole("combobox", { name: "Topik" }).selectOption("Perumahan dan tanah");
  await expect(page.getByText("Topik disimpan.")).toBeVisible();
  await openFigure(page, "Perumahan dan tanah");
  await expect(sentences(page).getByRole("link", { name: mark })).toBeVisible();
  await visitor.context().close();
});

test.describe("on a phone", () => {
  test.use(phone);
  test("the topics of the week and what was said of one", async ({ page }) => {
    await logIn(page, people.supervisor);
    await page.goto("/inbox/topics");
    await expect(page.getByRole("heading", { level: 2, name: /paling banyak dibicarakan: \d+ percakapan/ })).toBeVisible();
    await expectSound(page);
    await page
      .getByRole("table", { name: "Topik" })
      .getByRole("link", { name: /^[1-9]\d*$/ })
      .first()
      .tap();
    await expect(sentences(page).getByRole("listitem").first()).toBeVisible();
    await expectSound(page);
  });
});

test("the digest of aspirations is read, and opened as a table", async ({ page }) => {
  await logIn(page, people.head);
  await page.goto("/inbox/topics");
  expect(await downloaded(page)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^"Minggu","20\d\d-\d\d-\d\d"$/), '"Topik","Jenis","Kini","Sebelumnya"']),
  );
  await page.getByRole("link", { name: "Aspirasi dan masukan" }).click();
  await expect(page.getByRole("heading", { level: 2, name: /^\d+ usul warga, \d+ sudah dijawab$/ })).toBeVisible();
  await expectSound(page);
  const first = page.getByRole("main").getByRole("region").first();
  const topic = await first.getByRole("heading").innerText();
  const said = await first.getByRole("listitem").getByRole("link").first().innerText();
  const [title, names, line] = await downloaded(page);
  expect(title).toMatch(/^"Aspirasi dan masukan warga","Kab\. Tegal","20\d\d-\d\d-\d\d","20\d\d-\d\d-\d\d"$/);
  expect(names).toBe('"Topik","Aspirasi","Masukan","Sudah dijawab","Kutipan","Disampaikan","Sudah dijawab"');
  expect(line).toContain(`"${topic}",`);
  expect(line).toContain(said.replaceAll('"', '""'));
});

/** A word of letters alone that no stemmer shortens. */
const newWord = () => `gondo${[...fresh()].map((sign) => "bcdfghjklmpqrstvwxyzbcdfghjklmpqrstv"[Number.parseInt(sign, 36)]).join("")}x`;

test("many like comments at once are an alert, which Kabid IKP takes and closes", async ({ page, context }) => {
  const word = newWord();
  await logIn(page, people.author);
  const visitor = await citizen(context, page);
  const asked = ["Apa benar %s ditutup?", "Kapan %s dibuka lagi?", "Di mana letak %s?", "Apakah %s masih berlaku?", "Bagaimana nasib %s?"];
  const names = ["Sari", "Budi", "Wati", "Joko", "Tuti", "Dedi", "Rini", "Agung", "Lina", "Eko"];
  for (const [i, name] of names.entries()) {
    const form = { name: `${name} ${word.slice(-4)}`, message: asked[i % asked.length]!.replace("%s", word) };
    expect((await visitor.request.post(`${visitor.url().split("#")[0]}/comments`, { form })).ok()).toBe(true);
  }
  await page.goto(`/inbox?view=all&q=${word}`);
  await expect(row(page, word)).toHaveCount(names.length);
  await atOnce('import { watchBursts } from "./lib/inbox/topics/bursts.ts"; await watchBursts(); process.exit(0);');

  const supervisor = await another(context, people.supervisor);
  await supervisor.goto("/notices");
  await supervisor.getByRole("listitem").filter({ hasText: word }).getByRole("link").first().click();
  const alert = supervisor.getByRole("article", { name: `“${word}”: 10 komentar` });
  await expect(alert.getByText("Belum ada yang menangani.")).toBeVisible();
  await expect(alert.getByRole("figure", { name: /Paling banyak \d+ komentar dalam 10 menit/ })).toBeVisible();
  await expect(alert.getByRole("listitem").getByRole("link", { name: word })).toHaveCount(asked.length);
  await expectSound(supervisor);
  await alert.getByRole("button", { name: "Saya tangani" }).click();
  await expect(alert.getByText(/^Ditangani Retno Palupi\./)).toBeVisible();
  await alert.getByRole("button", { name: "Tutup" }).click();
  await alert.getByLabel("Bagaimana penyelesaiannya?").fill(`Penjelasan tentang ${word} sudah terbit di semua kanal.`);
  await expectSound(supervisor);
  await alert.getByRole("button", { name: "Tutup lonjakan" }).click();
  await expect(alert).toHaveCount(0);
  await expect(supervisor.getByRole("region", { name: "Riwayat" }).getByText(`Penjelasan tentang ${word}`)).toBeVisible();
  for (const one of [visitor, supervisor]) await one.context().close();
});

test("a criticism is hidden for its words alone, and only when a second person agrees", async ({ page, context }) => {
  const mark = fresh();
  const words = `Kode ${mark}: pelayanan kantor ini lambat sekali, petugasnya judes`;
  await logIn(page, people.author);
  const visitor = await citizen(context, page);
  await comment(visitor, "Pak Gito", words);
  await openCase(page, mark, "/inbox?view=all");
  await page.getByRole("button", { name: "Sembunyikan…" }).click();
  const dialog = page.getByRole("dialog", { name: "Sembunyikan komentar" });
  await expect(dialog.getByText(/kritik, keluhan, aspirasi, dan pertanyaan tidak boleh disembunyikan karena isinya/)).toBeVisible();
  expect(await dialog.getByLabel("Alasan").getByRole("option").allInnerTexts()).toEqual([
    ...["Pilih alasan…", "spam", "penipuan atau phishing", "data pribadi orang lain", "ujaran kebencian atau SARA"],
    ...["pornografi", "ancaman", "judi"],
  ]);
  await expectSound(page);
  await dialog.getByLabel("Alasan").selectOption("ancaman");
  await dialog.getByLabel("Kata-kata mana yang melanggar").fill("Warga menyebut petugas judes.");
  await dialog.getByRole("button", { name: "Minta persetujuan" }).click();
  await expect(page.getByText("Permintaan dikirim; komentar tetap tampil sampai disetujui.")).toBeVisible();

  await page.goto("/inbox/hidden");
  const listed = page.getByRole("list", { name: "Daftar komentar yang disembunyikan" }).getByRole("listitem").filter({ hasText: mark });
  await expect(listed).toContainText("Menunggu persetujuan");
  await expect(listed).toContainText("Alasan: ancaman");
  await expectSound(page);

  const supervisor = await another(context, people.supervisor);
  await openCase(supervisor, mark, `/inbox?view=all&q=${mark}`);
  await supervisor.getByLabel("Alasan putusan").fill("Ini kritik atas pelayanan, mohon dijawab.");
  await supervisor.getByRole("button", { name: "Biarkan tampil" }).click();
  await expect(listed).toContainText("Tetap tampil");
  await visitor.reload();
  await expect(visitor.getByText(words).first()).toBeVisible();
  for (const one of [visitor, supervisor]) await one.context().close();
});
