import type { Page } from "@playwright/test";
import { approve, connectByConsent, expectPublished, openInQueue, publishNow, submit, write } from "./steps.ts";
import { another, desktop, expect, expectSound, isPhone, logIn, people, phone, test } from "./support.ts";

const five = ["Facebook", "Instagram", "Threads", "X", "TikTok"];
const chips = [/^Facebook/, /Instagram.*dinsos_tgl/, /^Threads/, /^X$/, /^TikTok/];

/** A day from today on the calendar of WIB. */
const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10);
const isMonday = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay() === 1;

/** How many steps a post of this government passes: the verifier's alone, or also the head's. */
async function setSteps(page: Page, steps: 1 | 2) {
  await page.goto("/settings/approvals");
  const drop = page.getByRole("button", { name: "Hapus langkah 2" });
  if (await drop.isVisible()) await drop.click();
  if (steps === 2) {
    await page.getByRole("button", { name: "Tambah langkah" }).click();
    const second = page.getByRole("group", { name: "Langkah 2", exact: true });
    await second.getByLabel("Nama langkah").fill("Kepala");
    const approvers = second.getByRole("group", { name: "Pemberi persetujuan" });
    await approvers.getByLabel("Verifikator").uncheck();
    await approvers.getByLabel("Kepala Diskominfo").check();
  }
  await page.getByRole("button", { name: "Simpan alur" }).click();
  await expect(page.getByText("Alur disimpan.")).toBeVisible();
}

/** Drags a post of the month to another day. */
async function dragTo(page: Page, words: string, day: string) {
  const chip = page.getByRole("link", { name: new RegExp(words) });
  const cell = page.locator(`td[data-day="${day}"]`);
  await expect(page.locator("li[draggable='true']", { has: chip })).toBeVisible();
  const [from, to] = [(await chip.boundingBox())!, (await cell.boundingBox())!];
  await page.mouse.move(from.x + 20, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 60, { steps: 10 });
  await page.mouse.up();
}

for (const screen of [desktop, phone])
  test.describe(`at ${screen.viewport.width} px`, () => {
    test.use(screen);
    test("from an idea to five platforms by way of two people; an emergency, a pause, a post by hand, a table of plans", async ({
      page,
      context,
    }) => {
      test.setTimeout(300_000);
      const mark = `${Date.now().toString(36)}-${screen.viewport.width}`;
      await logIn(page, people.author);
      const [verifier, head, supervisor] = [
        await another(context, people.verifier, screen),
        await another(context, people.head, screen),
        await another(context, people.supervisor, screen),
      ];

      await test.step("the head of communications asks for two steps; the agency's accounts are connected", async () => {
        await setSteps(supervisor, 2);
        await expectSound(supervisor);
        for (const name of five.slice(1)) await connectByConsent(page, name.toLowerCase(), name);
      });

      let address = "";
      await test.step("one text with a picture for five platforms is returned with a note, and mended", async () => {
        await write(page, `Kode ${mark}. Penyaluran bantuan dimulai Senin.`, { channels: chips, alt: "Poster penyaluran bantuan sosial" });
        await expectSound(page);
        address = await submit(page);
        await openInQueue(verifier, mark);
        await expectSound(verifier);
        await verifier.getByLabel("Catatan untuk penulis").fill("Sebut jam dan tempatnya.");
        await verifier.getByRole("button", { name: /Kembalikan dengan catatan/ }).click();
        await expect(verifier.getByText(mark)).toHaveCount(0);
        await page.goto(address);
        await expect(page.locator(".note").getByText("Sebut jam dan tempatnya.").first()).toBeVisible();
        await expectSound(page);
        await page
          .getByRole("textbox", { name: "Naskah utama" })
          .fill(`Kode ${mark}. Penyaluran bantuan dimulai Senin pukul 08.00 di Slawi.`);
        await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
        await submit(page);
      });

      await test.step("two people approve it, one after the other", async () => {
        await approve(verifier, mark);
        await page.goto(address);
        await expect(page.getByRole("main").getByText("Menunggu verifikasi").first()).toBeVisible();
        await approve(head, mark);
        await expect(head.getByText("Disetujui. Penulis memilih waktu terbitnya.")).toBeVisible();
      });

      const first = dayFromNow(8);
      const second = dayFromNow(isMonday(first) ? 9 : 7);
      await test.step("it is scheduled, and moved to another day at the same hour", async () => {
        await page.goto(address);
        await page.getByLabel("Waktu terbit (WIB)").fill(`${first}T05:00`);
        await page.getByRole("button", { name: "Jadwalkan" }).click();
        await expect(page.getByText(/Terjadwal .* WIB/).first()).toBeVisible();
        await page.goto(`/calendar?view=month&day=${first}`);
        await expectSound(page);
        if (isPhone(page)) {
          await page.locator(`td[data-day="${first}"]`).getByRole("link").first().tap();
          await page.getByRole("button", { name: new RegExp(`Ubah waktu.*${mark}`) }).tap();
          await expectSound(page);
          await page.getByLabel("Waktu terbit (WIB)").fill(`${second}T05:00`);
          await page.getByRole("button", { name: "Pindahkan" }).tap();
        } else await dragTo(page, mark, second);
        await expect(page.getByText(/dipindah ke .*05\.00/)).toBeVisible();
        await page.goto(`/calendar?view=day&day=${second}`);
        await expect(page.getByText(mark).first()).toBeVisible();
        await expectSound(page);
      });

      if (!isPhone(page))
        await test.step("the keys carry it over the week's edge and an hour on, and it can be taken back", async () => {
          await page.goto(`/calendar?day=${second}`);
          const card = page.getByRole("link", { name: new RegExp(mark) });
          await card.focus();
          await page.keyboard.press("ArrowDown");
          const day = (await page.locator("h2").first().innerText()).trim();
          for (let presses = 0; presses < 7; presses += 1) await page.keyboard.press("ArrowRight");
          await expect(page.locator("h2").first()).not.toHaveText(day);
          await expect(card).toBeFocused();
          await page.keyboard.press("Enter");
          await expect(page.getByText(/dipindah ke .*06\.00/)).toBeVisible();
          await expect(card).toHaveAccessibleName(/06\.00/);
          await page.getByRole("button", { name: "Urungkan" }).last().click();
          await expect(card).toHaveCount(0);
          await page.goto(`/calendar?day=${second}`);
          await expect(card).toHaveAccessibleName(/05\.00/);
          await expectSound(page);
        });

      await test.step("the schedule is paused for the whole government; resumed, the held post goes out to all five", async () => {
        await supervisor.goto("/operations/pause");
        await supervisor.getByLabel("Alasan").fill("Masa berkabung daerah");
        await supervisor.getByRole("button", { name: "Jeda seluruh jadwal" }).click();
        await expect(supervisor.getByText("Alasan: Masa berkabung daerah").first()).toBeVisible();
        await expectSound(supervisor);
        await page.goto(address);
        await expect(page.getByText("Alasan: Masa berkabung daerah").first()).toBeVisible();
        await expectSound(page);
        await supervisor
          .getByLabel(new RegExp(`Kelanjutan.*${mark}`))
          .first()
          .selectOption({ label: "Terbit sekarang" });
        await supervisor.getByRole("button", { name: /^Lanjutkan jadwal/ }).click();
        await expect(supervisor.getByText("Tidak ada jeda di unit ini.")).toBeVisible();
        await page.goto(address);
        await expectPublished(page, five);
        await expectSound(page);
      });

      await test.step("a warning that cannot wait goes out with name and reason, and is looked at afterwards", async () => {
        const words = `${mark}-darurat`;
        await write(page, `Kode ${words}. Banjir bandang di Bumijawa, warga segera mengungsi.`, { channels: [/^Facebook/] });
        await page.getByRole("link", { name: "Terbit darurat" }).click();
        await expect(page.getByLabel("Alasan")).toBeVisible();
        await expectSound(page);
        await page.getByLabel("Alasan").fill("Banjir bandang, warga harus segera mengungsi.");
        await page.getByRole("button", { name: "Terbitkan sekarang tanpa verifikasi" }).click();
        await expectPublished(page, ["Facebook"]);
        await openInQueue(verifier, words);
        await verifier.getByRole("button", { name: "Tandai sudah ditinjau" }).click();
        await expect(verifier.getByText("Ditandai sudah ditinjau.")).toBeVisible();
      });

      await test.step("a post of an account that is served by hand waits with its package, and is confirmed by its address", async () => {
        const words = `${mark}-tangan`;
        await write(page, `Kode ${words}. Jadwal penyaluran PKH minggu ini.`, {
          channels: [/Instagram.*dinsos_kabtegal/],
          alt: "Jadwal penyaluran PKH",
        });
        const place = await submit(page);
        await approve(verifier, words);
        await approve(head, words);
        await page.goto(place);
        await publishNow(page);
        await expect(page.getByRole("button", { name: /Salin/ }).first()).toBeVisible({ timeout: 30_000 });
        await expectSound(page);
        const field = page.getByLabel(/tautan/i).last();
        await field.fill("https://contoh.id/bukan-instagram");
        await page.getByRole("button", { name: "Simpan tautan" }).click();
        await expect(page.locator(".error").first()).toBeVisible();
        const link = `https://www.instagram.com/p/${mark}/`;
        await field.fill(link);
        await page.getByRole("button", { name: "Simpan tautan" }).click();
        await expect(page.getByRole("link", { name: "Buka di Instagram" })).toHaveAttribute("href", link);
      });

      await test.step("a plan comes in from a table: looked over first, wrong rows named, right ones drafts", async () => {
        await page.goto("/posts/import");
        const table = [
          "tanggal;jam;kanal;naskah",
          `${dayFromNow(9)};08:30;Facebook;Kode ${mark}-impor. Jadwal posyandu.`,
          "kemarin;08:30;Facebook;Salah tanggal.",
        ].join("\n");
        await page.getByLabel("Tabel rencana").setInputFiles({ name: "rencana.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
        await expect(page.getByText(/2 baris dibaca: 1 siap masuk, 1 perlu dibetulkan/)).toBeVisible();
        await expectSound(page);
        await page.getByRole("button", { name: "Impor 1 draf" }).click();
        await expect(page.getByText("1 draf dibuat.").first()).toBeVisible();
        await page.goto("/posts");
        await expect(page.getByText(`${mark}-impor`).first()).toBeVisible();
        await expectSound(page);
      });

      if (isPhone(page))
        await test.step("the other pages of planning fit a phone", async () => {
          for (const path of ["/calendar", "/calendar?view=list", "/posts/bank", "/media"]) {
            await page.goto(path);
            await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
            await expectSound(page);
          }
          await supervisor.goto("/posts/figures");
          await expect(supervisor.getByRole("heading", { level: 1 })).toBeVisible();
          await expectSound(supervisor);
          await verifier.goto("/review");
          await expectSound(verifier);
        });

      await setSteps(supervisor, 1);
      for (const one of [verifier, head, supervisor]) await one.context().close();
    });
  });
