import { approve, submit } from "./steps.ts";
import { another, expect, expectAccessible, logInByForm, people, picture, test } from "./support.ts";

/** A time on the next full minute that is at least ten seconds ahead, as a field on the clock of WIB shows it. */
function soon(): string {
  const at = new Date(Math.ceil((Date.now() + 10_000) / 60_000) * 60_000);
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);
}

test("the main job: write, verify, schedule, publish, hear a citizen, answer, see the score", async ({ page, context }) => {
  test.setTimeout(240_000);
  const mark = Date.now().toString(36);
  const sentence = `Pendataan bantuan sosial tahap IV dibuka sampai 30 November. Kode ${mark}.`;

  await test.step("an agency's admin writes a post with a picture", async () => {
    await logInByForm(page, people.author);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Tulis unggahan" }).first().click();
    await page.getByRole("textbox", { name: "Naskah utama" }).fill(sentence);
    await expect(page.getByRole("button", { name: "Facebook", pressed: true })).toBeVisible();
    await page.locator("#gambar").setInputFiles({ name: "sembako.jpg", mimeType: "image/jpeg", buffer: await picture() });
    await page.getByLabel("Teks alternatif gambar 1").fill("Poster pendataan bantuan sosial tahap IV");
    await page.getByLabel("Tautan", { exact: true }).fill("https://dinsos.tegalkab.example/pendataan");
    await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
    await expectAccessible(page);
    await submit(page);
  });
  const address = page.url();

  await test.step("a second person verifies it by keyboard", async () => {
    const verifier = await another(context, people.verifier);
    await expect(verifier.getByRole("link", { name: "Verifikasi" }).first()).toBeVisible();
    await approve(verifier, mark);
    await expect(verifier.getByText("Disetujui. Penulis memilih waktu terbitnya.")).toBeVisible();
    await verifier.context().close();
  });

  let permalink = "";
  await test.step("the author schedules it", async () => {
    await expect(page.getByLabel("Waktu terbit (WIB)")).toBeVisible();
    await page.getByLabel("Waktu terbit (WIB)").fill(soon());
    await page.getByRole("button", { name: "Jadwalkan" }).click();
    await expect(page.getByText(/Terjadwal .* WIB/)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("meanwhile the head sees the leaderboard and the unit's report card", async () => {
    const head = await another(context, people.head);
    await head
      .getByRole("link", { name: /Papan peringkat/ })
      .first()
      .click();
    await expect(head.getByText(/dari 36 OPD aktif/)).toBeVisible();
    await expect(head.getByText("15", { exact: true }).first()).toBeVisible();
    await expectAccessible(head);
    await head.getByRole("link", { name: "Dinsos", exact: true }).click();
    await expect(head.getByRole("heading", { level: 1, name: "Rapor akun" })).toBeVisible();
    await expect(head.getByText("Keteraturan").first()).toBeVisible();
    await expectAccessible(head);
    await head.context().close();
  });

  await test.step("at its time the author sees the worker publish it, without a reload", async () => {
    const link = page.getByRole("link", { name: "Buka di Facebook" });
    await expect(link).toBeVisible({ timeout: 90_000 });
    permalink = (await link.getAttribute("href"))!;
  });

  const visitor = await another(context, "");
  await test.step("a citizen reads it on the platform and writes a comment, which appears in the open inbox", async () => {
    await page
      .getByRole("link", { name: /Kotak masuk/ })
      .first()
      .click();
    await expect(page.getByRole("heading", { level: 1, name: "Kotak masuk" })).toBeVisible();
    await visitor.goto(permalink);
    await expect(visitor.getByText(sentence)).toBeVisible();
    await visitor.getByLabel("Nama").first().fill("Bu Warsini");
    await visitor.getByLabel("Komentar").first().fill(`Kode ${mark}: apakah syaratnya perlu KTP asli? Nomor saya 0812-0000-4471`);
    await visitor.getByRole("button", { name: /Kirim/ }).first().click();
    await expect(page.getByText(`Kode ${mark}: apakah`).first()).toBeVisible({ timeout: 10_000 });
    await expectAccessible(page);
  });

  await test.step("the admin answers; the citizen's number was masked", async () => {
    await page.getByText(`Kode ${mark}: apakah`).first().click();
    await expect(page.getByText("Nomor telepon disamarkan").first()).toBeVisible();
    await expect(page.getByText("0812-0000-4471")).toHaveCount(0);
    await page.getByRole("textbox", { name: /Jawaban/ }).fill(`Cukup membawa KTP asli dan kartu keluarga, Bu. (${mark})`);
    await page.getByRole("button", { name: /Kirim jawaban/ }).click();
    const thread = page.getByRole("region", { name: /^Percakapan dengan/ });
    await expect(thread.getByText("Terjawab").first()).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page);
    await expect(async () => {
      await visitor.reload();
      await expect(visitor.getByText(`Cukup membawa KTP asli dan kartu keluarga, Bu. (${mark})`)).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 15_000 });
    await visitor.context().close();
  });

  await test.step("everything that happened stands in the post's history", async () => {
    await page.goto(address);
    for (const event of ["Draf dibuat", "Diajukan", "Disetujui", "Dijadwalkan", "Terbit di satu kanal"])
      await expect(page.getByText(event, { exact: true }).first()).toBeVisible();
  });
});
