import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { classifyPost, hasContactOrLink, type PostCategory } from "./substance.ts";

describe("the category of a post", () => {
  it.each<[PostCategory, string]>([
    ["greeting", "Segenap jajaran Dinas Perikanan Kabupaten Bintan mengucapkan Selamat Hari Nusantara 2026"],
    ["greeting", "🎉 SELAMAT HARI KESEHATAN NASIONAL KE-62 🎉"],
    ["greeting", "Dirgahayu Korps Pegawai Republik Indonesia"],
    ["greeting", "Selamat pagi, sedulur. Semangat beraktivitas!"],
    ["greeting", "Keluarga besar RSUD turut berduka cita atas wafatnya Bapak H. Sukirno. Semoga husnulkhatimah."],
    ["ceremony", "Kepala Badan memimpin apel pagi di halaman kantor, Senin pukul 07.30 WIB, diikuti seluruh pegawai."],
    ["ceremony", "Bupati menghadiri pelantikan pengurus PKK masa bakti 2026–2030"],
    ["ceremony", "Wakil Bupati membuka acara Gelar Seni Pelajar yang diikuti 40 sekolah."],
    ["repost", "Repost dari @kemenkes_ri: kenali gejala campak"],
    ["repost", "Membagikan ulang unggahan Pemprov: harga pangan pekan ini Rp14.000"],
    ["substantive", "Selamat pagi! Loket Samsat hari ini buka pukul 08.00, bawa KTP asli dan STNK."],
    ["substantive", "Bupati membuka pelatihan las. Pendaftaran gelombang berikut masih dibuka, gratis, bawa KTP ke BLK."],
    ["substantive", "Air PDAM padam di Slawi Wetan sampai pukul 22.00 WIB"],
    ["substantive", "Sebanyak 312 rumah tidak layak huni diperbaiki tahun ini"],
    ["other", "Senja di alun-alun 🌇"],
    ["other", ""],
  ])("%s: %s", (category, text) => {
    expect(classifyPost(text).category).toBe(category);
  });

  it("names the words that decided", () => {
    expect(classifyPost("Bupati menghadiri apel pagi").reasons).toEqual([{ code: "reports-event", words: ["menghadiri", "apel pagi"] }]);
  });

  it("agrees with the labelled captions in at least 98 of 100, and with the few that are no substance in at least 14 of 16", () => {
    type Row = { text: string; style: string };
    const rows = parse<Row>(readFileSync("prisma/seed/data/posts-demo.csv"), { columns: true });
    const right = rows.filter((row) => classifyPost(row.text).category === (row.style === "ceremonial" ? "ceremony" : row.style));
    expect(right.length / rows.length).toBeGreaterThanOrEqual(0.98);
    expect(rows.filter((row) => row.style !== "substantive")).toHaveLength(16);
    expect(right.filter((row) => row.style !== "substantive").length).toBeGreaterThanOrEqual(14);
  });
});

describe("a way to turn to", () => {
  it.each([
    "Daftar di spmb.tegal.example",
    "https://lapor.go.id",
    "Hubungi 0800-0000-3305",
    "WA 0812 3456 7890",
    "(0283) 491234",
    "telepon 112",
    "call center 1500567",
    "kirim ke humas@tegalkab.go.id",
    "Tanyakan lewat pesan langsung",
    "tautan di bio",
  ])("is there: %s", (text) => {
    expect(hasContactOrLink(text)).toBe(true);
  });

  it.each(["Buka 07.30-16.00 WIB", "02-03-2026", "112 orang hadir", "110.000 liter air", "Rp1.500.000", "Selamat pagi"])(
    "is not: %s",
    (text) => {
      expect(hasContactOrLink(text)).toBe(false);
    },
  );
});
