import { another, desktop, expect, expectSound, logIn, logInByForm, people, phone, test } from "./support.ts";

for (const screen of [desktop, phone])
  test.describe(`at ${screen.viewport.width} px`, () => {
    test.use(screen);
    test("two browsers change one draft while one of them is offline: both texts survive and one chooses", async ({ page, context }) => {
      const mark = Date.now().toString(36);
      const opening = `Pembagian sembako kode ${mark} dimulai hari Senin.`;
      const closing = "Bawa kartu keluarga.";
      const offlineWords = "Bawa kartu keluarga dan undangan.";
      const onlineWords = "Bawa kartu keluarga dan kantong belanja.";
      const text = page.getByRole("textbox", { name: "Naskah utama" });
      await logIn(page, people.author);
      await page.goto("/posts/new");
      await text.fill(`${opening}\n\n${closing}`);
      await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
      await expect(page).toHaveURL(/\/posts\/[0-9a-f-]{36}$/);
      const address = new URL(page.url()).pathname;

      const far = await another(context, people.author, screen);
      const farText = far.getByRole("textbox", { name: "Naskah utama" });
      await far.goto(address);
      await expect(farText).toHaveValue(`${opening}\n\n${closing}`);

      await test.step("without a connection what is typed stays on the device, and says so", async () => {
        await far.context().setOffline(true);
        await farText.fill(`${opening}\n\n${offlineWords}`);
        await expect(far.getByText("Tidak tersambung. Tulisan Anda tersimpan di perangkat ini.")).toBeVisible();
      });

      await test.step("meanwhile the other browser changes the same paragraph and the one before", async () => {
        await text.fill(`${opening.replace("Senin", "Selasa")}\n\n${onlineWords}`);
        await expect(page.getByText("Menyimpan…").or(page.getByText("Tersimpan otomatis pukul"))).toBeVisible();
        await page.waitForResponse((response) => response.request().method() === "POST" && response.url().includes("/posts/"));
        await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
      });

      await test.step("back online both stand side by side; nothing was overwritten", async () => {
        await far.context().setOffline(false);
        await expect(far.getByRole("heading", { name: "Dua perubahan di bagian yang sama" })).toBeVisible();
        await expect(far.locator(".conflict").getByText(offlineWords)).toBeVisible();
        await expect(far.locator(".conflict").getByText(onlineWords)).toBeVisible();
        await expectSound(far);
      });

      await test.step("the choice survives a reload until it is made, and both can be kept", async () => {
        await far.reload();
        await expect(far.getByRole("heading", { name: "Dua perubahan di bagian yang sama" })).toBeVisible();
        await far.getByRole("button", { name: "Pakai keduanya" }).click();
        await far.getByRole("button", { name: "Simpan pilihan" }).click();
        await expect(far.getByText("Tersimpan otomatis pukul")).toBeVisible();
        const merged = `${opening.replace("Senin", "Selasa")}\n\n${onlineWords}\n${offlineWords}`;
        await expect(farText).toHaveValue(merged);
        await page.reload();
        await expect(text).toHaveValue(merged);
      });
      await far.context().close();
    });
  });

test("changes in different paragraphs come together without a question", async ({ page, context }) => {
  const text = page.getByRole("textbox", { name: "Naskah utama" });
  await logIn(page, people.author);
  await page.goto("/posts/new");
  await text.fill("Paragraf satu.\n\nParagraf dua.");
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
  await expect(page).toHaveURL(/\/posts\/[0-9a-f-]{36}$/);
  const far = await another(context, people.author);
  await far.goto(new URL(page.url()).pathname);
  const farText = far.getByRole("textbox", { name: "Naskah utama" });
  await farText.fill("Paragraf satu.\n\nParagraf dua diubah di sini.");
  await expect(far.getByText("Tersimpan otomatis pukul")).toBeVisible();
  await text.fill("Paragraf satu diubah di sana.\n\nParagraf dua.");
  await expect(page.getByText("Tulisan Anda digabung dengan perubahan Anda dari peramban lain.")).toBeVisible();
  await expect(text).toHaveValue("Paragraf satu diubah di sana.\n\nParagraf dua diubah di sini.");
  await far.context().close();
});

test("a session that ends while one types costs no word", async ({ page, context }) => {
  const text = page.getByRole("textbox", { name: "Naskah utama" });
  await logIn(page, people.author);
  await page.goto("/posts/new");
  await text.fill("Ditulis sebelum sesi berakhir");
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
  await context.clearCookies();
  await text.fill("Ditulis sebelum dan sesudah sesi berakhir");
  const [login] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "Masuk di tab baru" }).click()]);
  await logInByForm(login, people.author);
  await login.close();
  await page.bringToFront();
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible({ timeout: 30_000 });
  await expect(text).toHaveValue("Ditulis sebelum dan sesudah sesi berakhir");
});
