import { expect, type Page } from "@playwright/test";
import { later } from "./later.ts";
import { citizen, comment, fresh, openCase, row } from "./steps.ts";
import { another, expectSound, logIn, people, phone, test } from "./support.ts";

const agency = { admin: "admin@disdukcapil.tegal.garda.example", name: /Dinas Kependudukan dan Pencatatan Sipil/ };
const reply = (page: Page) => page.getByRole("textbox", { name: /^Jawaban/ });

test("a comment is triaged by keyboard from start to end", async ({ page, context }) => {
  const mark = fresh();
  await logIn(page, people.author);
  const visitor = await citizen(context, page);
  await page.goto("/inbox");

  await test.step("it comes without a reload", async () => {
    await comment(visitor, "Bu Sutarmi", `Kode ${mark}: kapan jadwal pengambilan sembako di Slawi?`);
    await page.goto("/inbox?view=all");
    await expect(row(page, mark)).toBeVisible();
    await comment(visitor, "Pak Karso", `Kode ${mark}-dua: apakah boleh diwakilkan anak saya?`);
    await expect(row(page, `${mark}-dua`)).toBeVisible();
  });

  await test.step("J and K go along the list, ? tells the keys, / finds it", async () => {
    const current = page.locator('.inbox-rows a.case[aria-current="true"]');
    await expect(async () => {
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Pintasan papan tik" })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expectSound(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await expect(current).toContainText(`${mark}-dua`);
    await page.keyboard.press("j");
    await expect(current).toContainText(`${mark}:`);
    await page.keyboard.press("k");
    await expect(current).toContainText(`${mark}-dua`);
    await page.keyboard.press("/");
    await page.keyboard.type(`${mark} sembako`);
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Mencari “/)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(row(page, mark)).toHaveCount(1);
    await page.keyboard.press("o");
    await expect(page.getByRole("heading", { level: 2, name: "Bu Sutarmi" })).toBeVisible();
    await expectSound(page);
  });

  await test.step("A assigns it, its kind is corrected, R answers it, E closes it", async () => {
    await page.keyboard.press("a");
    await page.keyboard.type("Rina");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Ditugaskan kepada Rina Wulandari.")).toBeVisible();
    await page.getByLabel("Koreksi jenis").focus();
    await page.keyboard.type("Masukan");
    await expect(page.getByText("Jenis diubah menjadi Masukan.")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await page.keyboard.type(`Hari Kamis pukul 08.00 di kantor kecamatan, Bu. (${mark})`);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText("Jawaban dikirim. Hasilnya muncul di percakapan ini.")).toBeVisible();
    await expect(page.getByText("Jawaban resmi")).toBeVisible();
    await page.keyboard.press("Escape");
    // What is pressed just while the platform sends the answer back is refused: the thread has moved on, and it is pressed again.
    await expect(async () => {
      await page.keyboard.press("e");
      await expect(page.getByText("Percakapan ditandai selesai.")).toBeVisible({ timeout: 1500 });
    }).toPass();
    await expectSound(page);
  });

  await test.step("S puts the other one off", async () => {
    await openCase(page, `${mark}-dua`, "/inbox?view=all");
    const sheet = page.getByRole("dialog", { name: "Tunda percakapan ini" });
    await expect(async () => {
      await page.keyboard.press("s");
      await expect(sheet).toBeVisible({ timeout: 500 });
    }).toPass();
    await expectSound(page);
    await sheet.getByRole("button", { name: /^Besok pagi/ }).press("Enter");
    await expect(page.getByText(/^Ditunda (hanya )?sampai/)).toBeVisible();
    await page.goto("/inbox?view=snoozed");
    await expect(row(page, `${mark}-dua`)).toBeVisible();
  });
  await visitor.context().close();
});

test.describe("on a phone", () => {
  test.use(phone);
  test("a disposisi in three taps, taken on, delivered and answered with; one sent back and decided", async ({ page, context }) => {
    const mark = fresh();
    await logIn(page, people.author);
    const visitor = await citizen(context, page);
    const [other, supervisor] = [await another(context, agency.admin, phone), await another(context, people.supervisor, phone)];
    const refer = async (words: string) => {
      await openCase(page, words, "/inbox?view=all");
      await page.getByRole("button", { name: "Disposisi" }).tap();
      await page.getByRole("radio", { name: agency.name }).tap();
      await page.getByRole("button", { name: "Kirim disposisi" }).tap();
      await expect(page.getByText("Disposisi dikirim ke Disdukcapil.")).toBeVisible();
    };

    await test.step("the case goes to the agency that can act", async () => {
      await comment(visitor, "Mas Udin", `Kode ${mark}-a: KTP elektronik saya rusak sejak sebulan, kantor tutup terus, tolong dibantu`);
      await refer(`${mark}-a`);
      await expectSound(page);
    });

    await test.step("that agency takes it on and delivers", async () => {
      await openCase(other, `${mark}-a`, "/inbox?view=referred");
      await expectSound(other);
      await other.getByRole("button", { name: "Terima", exact: true }).tap();
      await expect(other.getByText("Disposisi diterima.")).toBeVisible();
      await other.getByRole("button", { name: "Sampaikan hasil" }).tap();
      await other.getByLabel("Hasil tindak lanjut").fill(`KTP pengganti sudah dicetak, dapat diambil besok. (${mark})`);
      await expectSound(other);
      await other.getByRole("button", { name: "Sampaikan hasil" }).tap();
      await expect(other.getByText("Hasil disampaikan kepada pengirim.")).toBeVisible();
    });

    await test.step("the owner answers with it", async () => {
      await page.getByRole("button", { name: "Pakai sebagai jawaban" }).tap();
      await expect(reply(page)).toHaveValue(new RegExp(`KTP pengganti .*${mark}`));
      await page.getByRole("button", { name: /^Kirim jawaban/ }).tap();
      await expect(page.getByText("Jawaban dikirim. Hasilnya muncul di percakapan ini.")).toBeVisible();
      await expectSound(page);
    });

    await test.step("another one is sent back once, and Kabid IKP decides", async () => {
      await comment(visitor, "Mbak Tini", `Kode ${mark}-b: pengurusan KTP adik saya dipersulit petugas, sudah tiga kali bolak-balik`);
      await refer(`${mark}-b`);
      await openCase(other, `${mark}-b`, "/inbox?view=referred");
      await other.getByRole("button", { name: "Kembalikan" }).tap();
      await other.getByLabel("Alasan").fill("Perekaman di lokasi itu dikelola kecamatan, bukan kami.");
      await other.getByRole("button", { name: "Kembalikan" }).tap();
      await expect(other.getByText("Disposisi dikembalikan; Kabid IKP memutuskan.")).toBeVisible();
      await supervisor.goto("/notices");
      await supervisor
        .getByRole("listitem")
        .filter({ hasText: `${mark}-b` })
        .filter({ hasText: /dikembalikan/i })
        .getByRole("link")
        .first()
        .tap();
      await expect(supervisor.getByText("Perekaman di lokasi itu dikelola kecamatan, bukan kami.")).toBeVisible();
      await supervisor.getByRole("button", { name: "Tetap" }).tap();
      await supervisor.getByLabel("Catatan untuk perangkat daerah").fill("Mohon tetap didampingi sampai terbit.");
      await expectSound(supervisor);
      await supervisor.getByRole("button", { name: "Putuskan tetap" }).tap();
      await expect(supervisor.getByText("Diputuskan: tetap di perangkat daerah itu.")).toBeVisible();
      await expect(page.getByText("Mohon tetap didampingi sampai terbit.")).toBeVisible();
      await expect(other.getByText("Mohon tetap didampingi sampai terbit.")).toBeVisible();
      await expect(other.getByRole("button", { name: "Kembalikan" })).toHaveCount(0);
    });
    for (const one of [visitor, other, supervisor]) await one.context().close();
  });
});

test("of two who answer at once the second is refused, sees what was said and keeps his words", async ({ page, context }) => {
  const mark = fresh();
  await logIn(page, people.author);
  const visitor = await citizen(context, page);
  const supervisor = await another(context, people.supervisor);
  await comment(visitor, "Pak Darto", `Kode ${mark}: di mana mengambil formulir DTKS?`);
  await openCase(page, mark, "/inbox?view=all");
  await openCase(supervisor, mark, `/inbox?view=all&q=${mark}`);
  await expect(supervisor.getByText("Sedang dibuka oleh Rina Wulandari.")).toBeVisible();
  const late = `Di kantor desa, Pak. (${mark}, kedua)`;
  await reply(page).fill(`Di balai desa pada jam kerja, Pak. (${mark}, pertama)`);
  await expect(page.getByText(/^Sedang dibuka oleh Retno Palupi/)).toBeVisible();
  await expect(page.getByText(/^Draf tersimpan \d/)).toBeVisible();
  await reply(supervisor).fill(late);
  await page.getByRole("button", { name: /^Kirim jawaban/ }).click();
  await expect(page.getByText("Jawaban dikirim. Hasilnya muncul di percakapan ini.")).toBeVisible();
  await supervisor.getByRole("button", { name: /^Kirim jawaban/ }).click();
  const news = supervisor.getByRole("alert", { name: "Ada yang baru sejak Anda mulai menulis" });
  await expect(news.getByText(`${mark}, pertama`)).toBeVisible();
  await expect(reply(supervisor)).toHaveValue(late);
  await expectSound(supervisor);
  await supervisor.reload();
  await expect(reply(supervisor)).toHaveValue(late);
  for (const one of [visitor, supervisor]) await one.context().close();
});

test("a rumour counts by the clock on the wall, stands before what is not late, and is answered", async ({ page, context }) => {
  const mark = fresh();
  await logIn(page, people.author);
  const visitor = await citizen(context, page);
  await page.goto("/inbox");
  await comment(visitor, "Bu Jum", `Beredar pesan berantai kode ${mark} di WA: bansos cair lewat tautan. Hoaks atau benar, min?`);
  const rumour = row(page, mark);
  await expect(rumour).toContainText("Hoaks");
  await expect(rumour).toContainText(/sisa (1 j 59 m|2 j)/);
  const rows = await page.locator(".inbox-rows a.case").allInnerTexts();
  const above = rows.slice(
    0,
    rows.findIndex((words) => words.includes(mark)),
  );
  expect(above.filter((words) => !/lewat|sisa (1 j|\d+ m)/.test(words))).toEqual([]);
  await rumour.click();
  await expect(page.getByText("2 jam, siang dan malam")).toBeVisible();
  await expectSound(page);
  await reply(page).fill(`Tidak benar, Bu. Pendaftaran hanya lewat desa dan tanpa biaya. (${mark})`);
  await reply(page).press("Control+Enter");
  await expect(page.getByRole("region", { name: "Percakapan dengan Bu Jum" }).getByText("Terjawab")).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByText(`tanpa biaya. (${mark})`)).toBeVisible();
  await visitor.context().close();
});

test("what nobody answers in time is told to the agency's verifier, then to Kabid IKP", async ({ page, context }) => {
  const mark = fresh();
  await logIn(page, people.author);
  const visitor = await citizen(context, page);
  const [verifier, supervisor] = [await another(context, people.verifier), await another(context, people.supervisor)];
  const notice = (of: Page, words: RegExp) => of.getByRole("listitem").filter({ hasText: mark }).filter({ hasText: words });
  await page.goto("/inbox");
  await comment(visitor, "Pak Wasis", `Tolong kode ${mark}, gudang bantuan kebakaran dan ada lansia terjebak di dalam sekarang!`);
  await expect(row(page, mark)).toContainText("Mendesak");

  const due = await later(125);
  const servers = [due];
  try {
    await verifier.goto(`${due.url}/notices`);
    await expect(notice(verifier, /lewat/i)).toBeVisible();
    await expectSound(verifier);
    await supervisor.goto(`${due.url}/notices`);
    await expect(notice(supervisor, /dinaikkan kepada Anda/)).toHaveCount(0);
    await page.goto(`${due.url}/inbox?view=overdue`);
    await expect(row(page, mark)).toContainText(/lewat \d+ m/);
    await expectSound(page);

    const escalated = await later(185);
    servers.push(escalated);
    await supervisor.goto(`${escalated.url}/notices`);
    await expect(notice(supervisor, /dinaikkan kepada Anda/)).toBeVisible();
    await notice(supervisor, /dinaikkan kepada Anda/)
      .getByRole("link")
      .first()
      .click();
    await expect(supervisor.getByRole("heading", { level: 2, name: "Pak Wasis" })).toBeVisible();
    await expectSound(supervisor);
    // Open pages would go on asking a server that has ended.
    for (const one of [page, verifier, supervisor]) await one.goto("about:blank");
  } finally {
    for (const server of servers) server.stop();
  }
  for (const one of [visitor, verifier, supervisor]) await one.context().close();
});
