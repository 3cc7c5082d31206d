import { another, desktop, expect, expectSound, logIn, people, phone, test } from "./support.ts";

test.use(desktop);

test("keberatan from objection to decision: filed with a post, decided with a correction, both scores kept", async ({ page, context }) => {
  test.setTimeout(120_000);
  const mark = Date.now().toString(36);
  const card = "/scores/33.28-dinsos";
  await logIn(page, people.author);
  let address = "";

  await test.step("the unit looks at the evidence and files an objection to its quality", async () => {
    await page.goto(card);
    await expectSound(page);
    await page.getByRole("link", { name: "Lihat bukti, unggahan demi unggahan" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bukti hitungan" })).toBeVisible();
    await expect(page.getByText("ucapan atau seremonial dihitung ½").first()).toBeVisible();
    await expectSound(page);
    await page.goto(`${card}/objection`);
    await page.getByRole("button", { name: "Ajukan keberatan" }).click();
    await expect(page.getByText("Jelaskan keberatannya, paling sedikit 20 huruf.")).toBeVisible();
    await expectSound(page);
    await page.getByLabel("Yang dipersoalkan").selectOption("a");
    await page.getByLabel("Apa yang keliru").fill(`Unggahan ini memuat jadwal layanan, bukan ucapan. Kode ${mark}.`);
    await page.getByRole("group", { name: "Unggahan yang dimaksud" }).getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Ajukan keberatan" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Keberatan Dinsos" })).toBeVisible();
    await expect(page.getByText("Menunggu keputusan").first()).toBeVisible();
    address = page.url();
  });

  await test.step("the head of communications finds it in the list and decides, with a correction of the post", async () => {
    const supervisor = await another(context, people.supervisor);
    await supervisor.goto("/scores/objections");
    await expectSound(supervisor);
    await supervisor.goto(address);
    await expectSound(supervisor);
    await supervisor.getByLabel("Diterima", { exact: true }).check();
    await supervisor.getByRole("group", { name: "Koreksi kategori unggahan" }).getByRole("combobox").selectOption("substantive");
    await supervisor.getByLabel("Catatan keputusan").fill(`Benar, isinya jadwal layanan. Kode ${mark}.`);
    await supervisor.getByRole("button", { name: "Putuskan" }).click();
    await expect(supervisor.getByText("Keberatan diputuskan.")).toBeVisible();
  });

  await test.step("the unit sees the score before and after, and the corrected post on its evidence", async () => {
    await expect(page.getByRole("columnheader", { name: "Sesudah" })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(`Kode ${mark}.`).last()).toBeVisible();
    await expect(page.getByText(/menjadi Substantif/)).toBeVisible();
    await expectSound(page);
    await page.goto(card);
    await expect(page.getByText(/Hitungan ke-2/)).toBeVisible();
    await page.goto(`${card}/evidence`);
    await expect(page.getByText(/Dikoreksi .*Substantif/)).toBeVisible();
  });
});

test("what is set, excused and looked back at is sound on a phone by night", async ({ context }) => {
  test.setTimeout(120_000);
  const visits = {
    [people.head]: ["/settings/score", "/scores?day=2026-09-15", "/scores/engagement", "/reports/new"],
    [people.supervisor]: ["/scores/excused"],
    [people.analyst]: ["/scores?group=component"],
  };
  for (const [person, paths] of Object.entries(visits)) {
    const page = await another(context, person, phone);
    await page.context().addCookies([{ name: "garda_theme", value: "dark", url: process.env.E2E_URL! }]);
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectSound(page);
    }
    await page.context().close();
  }
});

test("numbers of the score are written as Indonesian writes them, and tried before they count", async ({ page }) => {
  await logIn(page, people.head);
  await page.goto("/settings/score");
  const limit = page.getByLabel("Belum Aktif: paling tinggi");
  await expect(limit).toHaveValue("69,9");
  await limit.fill("60,5");
  await page.getByRole("button", { name: "Lihat apa yang berubah" }).click();
  await expect(page.getByRole("heading", { level: 3, name: /unit berpindah jenjang|Tidak ada/ })).toBeVisible();
  await expectSound(page);
});
