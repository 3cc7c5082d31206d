import { expect, it } from "vitest";
import { checkPassword, hashPassword, nobodysHash } from "./password.ts";

const form = /^\$argon2id\$(?<cost>v=19\$m=\d+,t=\d+,p=\d+)\$(?<salt>[^$]+)\$(?<digest>[^$]+)$/;

it("opens with the password and with no other", async () => {
  const hashed = await hashPassword("Kopi-tubruk-1908");
  expect(await checkPassword(hashed, "Kopi-tubruk-1908")).toBe(true);
  expect(await checkPassword(hashed, "kopi-tubruk-1908")).toBe(false);
});

it("takes a letter for the same letter however the keyboard composes it", async () => {
  expect(await checkPassword(await hashPassword("caf\u00e9"), "cafe\u0301")).toBe(true);
});

it("compares nobody's password in earnest: a whole hash of the same cost, refused only after the work", async () => {
  const real = form.exec(await hashPassword("x"))?.groups;
  const nobodys = form.exec(nobodysHash)?.groups;
  expect(nobodys?.cost).toBe(real?.cost);
  expect(nobodys?.salt?.length).toBe(real?.salt?.length);
  expect(nobodys?.digest?.length).toBe(real?.digest?.length);
  // A malformed hash would reject at once instead, and the speed of the answer would tell who exists.
  await expect(checkPassword(nobodysHash, "x")).resolves.toBe(false);
  await expect(checkPassword(nobodysHash, "")).resolves.toBe(false);
});
