import type { Page } from "@playwright/test";
import { another, expect, expectAccessible, expectNoSidewaysScroll, logIn, people, test } from "./support.ts";

const supervisor = "retno@diskominfo.tegal.garda.example";

async function submit(page: Page, text: string) {
  await page.goto("/posts/new");
  await page.getByRole("textbox", { name: "Naskah utama" }).fill(text);
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
  await page.getByRole("button", { name: "Ajukan ke verifikator" }).click();
  await expect(page.getByRole("main").getByText("Menunggu verifikasi").first()).toBeVisible();
}

/** Opens a post from the queue of whoever decides. */
async function open(page: Page, words: string) {
  await page.goto("/review");
  await page
    .getByRole("navigation", { name: "Antrean verifikasi" })
    .getByRole("link", { name: new RegExp(words) })
    .click();
  await expect(page.getByRole("main").getByText(words).nth(1)).toBeVisible();
  await expect(page.getByText("0 dari 6")).toBeVisible();
}

async function approve(page: Page, words: string) {
  await open(page, words);
  // The keys are heard once the page has come alive.
  await expect(async () => {
    await page.keyboard.press("1");
    await expect(page.getByText("1 dari 6")).toBeVisible({ timeout: 500 });
  }).toPass();
  for (const key of "23456") await page.keyboard.press(key);
  await expect(page.getByText("Semua hal sudah dicentang.")).toBeVisible();
  await page.keyboard.press("a");
}

test("two steps of approval, returned and mended, moved on the calendar, paused and resumed, an emergency, an import", async ({
  page,
  context,
}) => {
  test.setTimeout(420_000);
  const mark = Date.now().toString(36);
  await logIn(page, people.author);
  const [verifier, head, kabid] = [
    await another(context, people.verifier),
    await another(context, people.head),
    await another(context, supervisor),
  ];

  await test.step("the head of communications sets two steps", async () => {
    await kabid.goto("/settings/approvals");
    const drop = kabid.getByRole("button", { name: "Hapus langkah 2" });
    if (await drop.isVisible()) await drop.click();
    await kabid.getByRole("button", { name: "Tambah langkah" }).click();
    const second = kabid.getByRole("group", { name: "Langkah 2", exact: true });
    await second.getByLabel("Nama langkah").fill("Kepala");
    const approvers = second.getByRole("group", { name: "Pemberi persetujuan" });
    await approvers.getByLabel("Verifikator").uncheck();
    await approvers.getByLabel("Kepala Diskominfo").check();
    await kabid.getByRole("button", { name: "Simpan alur" }).click();
    await expect(kabid.getByText("Alur disimpan.")).toBeVisible();
    await expectAccessible(kabid);
  });

  let address = "";
  await test.step("a post is returned with a note, mended, and needs both steps", async () => {
    await submit(page, `Kode ${mark}-dua. Penyaluran bantuan dimulai Senin.`);
    address = page.url();
    await open(verifier, `${mark}-dua`);
    await expectAccessible(verifier);
    await verifier.getByLabel("Catatan untuk penulis").fill("Sebut jam dan tempatnya.");
    await verifier.getByRole("button", { name: /Kembalikan dengan catatan/ }).click();
    await expect(verifier.getByText(`${mark}-dua`)).toHaveCount(0);
    await page.goto(address);
    await expect(page.locator(".note").getByText("Sebut jam dan tempatnya.").first()).toBeVisible();
    await page
      .getByRole("textbox", { name: "Naskah utama" })
      .fill(`Kode ${mark}-dua. Penyaluran bantuan dimulai Senin pukul 08.00 di Slawi.`);
    await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
    await page.getByRole("button", { name: "Ajukan ke verifikator" }).click();
    await expect(page.getByRole("main").getByText("Menunggu verifikasi").first()).toBeVisible();
    await approve(verifier, `${mark}-dua`);
    await page.goto(address);
    await expect(page.getByRole("main").getByText("Menunggu verifikasi").first()).toBeVisible();
    await approve(head, `${mark}-dua`);
    await expect(head.getByText("Disetujui. Penulis memilih waktu terbitnya.")).toBeVisible();
  });

  const at = (days: number) => new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10);
  await test.step("it is scheduled, and moved by a day from the keyboard on the calendar", async () => {
    await page.goto(address);
    await page.getByLabel("Waktu terbit (WIB)").fill(`${at(8)}T10:00`);
    await page.getByRole("button", { name: "Jadwalkan" }).click();
    await expect(page.getByText(/Terjadwal .* WIB/).first()).toBeVisible();
    await page.goto(`/calendar?day=${at(8)}`);
    const card = page.getByRole("link", { name: new RegExp(`${mark}-dua`) }).first();
    await card.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("link", { name: new RegExp(`11\\.00.*${mark}-dua`, "s") }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("the schedule is paused for the whole government, and the held post goes out when it is resumed", async () => {
    await kabid.goto("/operations/pause");
    await kabid.getByLabel("Alasan").fill("Masa berkabung daerah");
    await kabid.getByRole("button", { name: "Jeda seluruh jadwal" }).click();
    await expect(kabid.getByText("Alasan: Masa berkabung daerah").first()).toBeVisible();
    await expectAccessible(kabid);
    await page.goto(address);
    await expect(page.getByText("Alasan: Masa berkabung daerah").first()).toBeVisible();
    await kabid
      .getByLabel(new RegExp(`Kelanjutan.*${mark}-dua`))
      .first()
      .selectOption({ label: "Terbit sekarang" });
    await kabid.getByRole("button", { name: /^Lanjutkan jadwal/ }).click();
    await expect(kabid.getByText("Tidak ada jeda di unit ini.")).toBeVisible();
    await page.goto(address);
    await expect(page.getByRole("link", { name: "Buka di Facebook" })).toBeVisible({ timeout: 60_000 });
  });

  await test.step("a warning that cannot wait goes out with name and reason, and is looked at afterwards", async () => {
    await page.goto("/posts/new");
    await page
      .getByRole("textbox", { name: "Naskah utama" })
      .fill(`Kode ${mark}-darurat. Banjir bandang di Bumijawa, warga segera mengungsi.`);
    await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
    await page.getByRole("link", { name: "Terbit darurat" }).click();
    await expectAccessible(page);
    await page.getByLabel("Alasan").fill("Banjir bandang, warga harus segera mengungsi.");
    await page.getByRole("button", { name: "Terbitkan sekarang tanpa verifikasi" }).click();
    await expect(page.getByRole("link", { name: "Buka di Facebook" })).toBeVisible({ timeout: 60_000 });
    await verifier.goto("/review");
    await verifier
      .getByRole("navigation", { name: "Antrean verifikasi" })
      .getByRole("link", { name: new RegExp(`${mark}-darurat`) })
      .click();
    await verifier.getByRole("button", { name: "Tandai sudah ditinjau" }).click();
    await expect(verifier.getByText("Ditandai sudah ditinjau.")).toBeVisible();
  });

  await test.step("a plan comes in from a table: looked over first, wrong rows named, right ones drafts", async () => {
    await page.goto("/posts/import");
    const table = [
      "tanggal;jam;kanal;naskah",
      `${at(9)};08:30;Facebook;Kode ${mark}-impor. Jadwal posyandu.`,
      "kemarin;08:30;Facebook;Salah tanggal.",
    ].join("\n");
    await page.getByLabel("Tabel rencana").setInputFiles({ name: "rencana.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
    await expect(page.getByText(/2 baris dibaca: 1 siap masuk, 1 perlu dibetulkan/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Impor 1 draf" }).click();
    await expect(page.getByText("1 draf dibuat.").first()).toBeVisible();
    await page.goto("/posts");
    await expect(page.getByText(`${mark}-impor`).first()).toBeVisible();
  });

  await test.step("all of it fits a phone", async () => {
    for (const one of [page, verifier, kabid]) await one.setViewportSize({ width: 360, height: 740 });
    for (const path of ["/calendar", "/calendar?view=month", "/posts/import", "/posts/bank", "/media"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
    for (const path of ["/settings/approvals", "/operations/pause", "/posts/figures"]) {
      await kabid.goto(path);
      await expect(kabid.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoSidewaysScroll(kabid);
      await expectAccessible(kabid);
    }
    await verifier.goto("/review");
    await expectNoSidewaysScroll(verifier);
    await expectAccessible(verifier);
  });
  for (const one of [verifier, head, kabid]) await one.context().close();
});
