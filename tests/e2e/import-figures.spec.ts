import { readSheet } from "read-excel-file/node";
import { expect, expectSound, logIn, people, test } from "./support.ts";

/** A table of Instagram posts of the agency's account, as Meta exports them; the last rows are wrong. */
function table(handle: string, mark: string) {
  const rows = [1, 2, 3].map(
    (n) =>
      `1805341234567890${n},17841,${handle},Dinsos,"Uji ${mark}, unggahan ${n}",0,11/1${n}/2026 08:30,https://www.instagram.com/p/${mark}${n}/,IG image,"1.${n}K",90${n},8${n}`,
  );
  return [
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Views,Reach,Likes",
    ...rows,
    `1,17841,${handle},Dinsos,Rusak,0,kemarin,https://www.instagram.com/p/${mark}8/,IG image,banyak,1,1`,
    `1,17841,puskesmas.lain,Lain,Rusak,0,11/10/2026 08:30,https://www.instagram.com/p/${mark}9/,IG image,1,1,1`,
  ].join("\r\n");
}

test("CSV intake with errors: looked over, mended, taken in once, and told in the analytics", async ({ page }) => {
  const mark = `U${Date.now().toString(36)}`;
  await logIn(page, people.author);
  await page.goto("/settings/channels");
  await page
    .getByRole("row", { name: /Instagram.*manual/ })
    .getByRole("link", { name: /Isi angka/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Angka akun" })).toBeVisible();
  const handle = /angka (\S+) di/.exec(await page.locator(".top-title p").innerText())![1]!;
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel("Berkas CSV atau Excel").setInputFiles({ name, mimeType: "text/csv", buffer });

  await test.step("another platform's export is answered as such", async () => {
    const tiktok = "Video title,Video link,Post time,Total likes\na,https://www.tiktok.com/@a/video/1,November 2,3\n";
    await choose("tiktok.csv", Buffer.from(tiktok));
    await expect(page.getByText("Ini ekspor TikTok Studio, bukan untuk akun ini. Tidak ada yang disimpan.")).toBeVisible();
  });

  await test.step("a table with wrong rows is recognised, whatever its letters, and every fault is named", async () => {
    await choose("instagram.csv", Buffer.from(`\ufeff${table(handle, mark)}`, "utf16le"));
    await expect(page.getByText("Dikenali sebagai ekspor konten Meta Business Suite (Instagram).")).toBeVisible();
    await expect(page.getByText("3 unggahan baru")).toBeVisible();
    const faults = page.getByRole("list", { name: "Baris yang bermasalah" });
    await expect(faults).toContainText("Baris 5, kolom Publish time: “kemarin” bukan waktu.");
    await expect(faults).toContainText("Baris 5, kolom Views: “banyak” bukan bilangan bulat.");
    await expect(faults).toContainText("Baris 6, kolom Account username: “puskesmas.lain” milik akun lain.");
    await expectSound(page);
  });

  await test.step("it is taken in when the person says so; the same table again changes nothing", async () => {
    await page.getByRole("button", { name: "Impor 3 unggahan" }).click();
    await expect(page.getByText("3 unggahan baru dicatat dan 0 diperbarui. 2 baris tidak ikut diimpor.")).toBeVisible();
    await expect(page.getByRole("link", { name: `Uji ${mark}, unggahan 3` })).toBeVisible();
    await choose("lagi.csv", Buffer.from(table(handle, mark)));
    await expect(page.getByText("3 unggahan sudah dikenal dan tidak berubah")).toBeVisible();
    await expect(page.getByRole("button", { name: "Impor 0 unggahan" })).toHaveAttribute("aria-disabled", "true");
  });

  await test.step("headings that nobody knows are mapped by hand, and remembered", async () => {
    const own = (n: number) => Buffer.from(`Alamat;Terbit;Sukai ${mark}\nhttps://www.instagram.com/p/${mark}m${n}/;05/11/2026;${n}\n`);
    await choose("sendiri.csv", own(1));
    await page.getByLabel("Arti kolom Alamat").selectOption("Tautan unggahan");
    await page.getByLabel("Arti kolom Terbit").selectOption("Waktu terbit atau tanggal");
    await page.getByLabel(`Arti kolom Sukai ${mark}`).selectOption("Suka");
    await page.getByRole("button", { name: "Impor 1 unggahan" }).click();
    await expect(page.getByText("1 unggahan baru dicatat")).toBeVisible();
    await choose("sendiri-2.csv", own(2));
    await expect(page.getByText("Kolom dibaca seperti yang dipilih Rina Wulandari")).toBeVisible();
  });

  await test.step("the analytics tell of them, and leave as a workbook with real numbers", async () => {
    await page.goto("/scores/engagement?platform=instagram&sort=newest");
    await expect(page.getByRole("link", { name: `Uji ${mark}, unggahan 3` })).toBeVisible();
    await expectSound(page);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Unduh Excel" }).first().click()]);
    const rows = await readSheet(await download.path(), "Unggahan");
    const row = rows.find((cells) => String(cells[4]).includes(`Uji ${mark}, unggahan 3`))!;
    expect(row.slice(6)).toEqual([83, null, null, 903, 1300, 83, expect.closeTo(83 / 903, 5)]);
  });
});
