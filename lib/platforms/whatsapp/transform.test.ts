import { describe, expect, test } from "vitest";
import { maskPersonalData } from "../../inbox/sorting/masking.ts";
import { messageSchema, openRef, textOf, toComment, type Vault } from "./transform.ts";

/** Stands in for the keyed ones: what matters is that nothing goes past it. */
const vault: Vault = {
  digest: (value) => `#${Buffer.from(value).toString("hex").split("").reverse().join("")}`,
  seal: (plain) => `!${Buffer.from(plain).toString("hex")}`,
  open: (sealed) => Buffer.from(sealed.slice(1), "hex").toString(),
};
const number = "106540352242922";
const siti = { wa_id: "6281234567890", user_id: "ID.13491208655302741918", profile: { name: "Siti Aminah" } };
/** The forms of the Cloud API's webhook reference. */
const message = {
  from: "6281234567890",
  from_user_id: "ID.13491208655302741918",
  id: "wamid.HBgNNjI4MTIzNDU2Nzg5MBUCABIYFDNDNjEzMjkzNzI1QUE4MkIyRURDAA==",
  timestamp: "1795309200",
  type: "text",
  text: { body: "Kapan posyandu di Slawi?" },
};
const read = (change: object = {}) => messageSchema.parse({ ...message, ...change });
const comment = (change: object = {}, contacts = [siti]) => toComment(number, read(change), contacts, vault);

describe("a citizen's message", () => {
  test("is private, of its author, and can be answered", () => {
    const told = comment();
    expect(told).toMatchObject({
      remoteId: vault.digest(message.id),
      postRemoteId: null,
      parentRemoteId: null,
      author: { remoteId: vault.digest(`${number}:ID.13491208655302741918`), name: "Siti Aminah" },
      text: "Kapan posyandu di Slawi?",
      sentAt: new Date("2026-11-22T01:00:00Z"),
      own: false,
    });
    expect(openRef(told!.ref, vault)).toEqual({
      to: "6281234567890",
      recipient: "ID.13491208655302741918",
      id: message.id,
      at: "2026-11-22T01:00:00.000Z",
    });
  });

  test("tells the citizen's number nowhere, nor the message id that encodes it", () => {
    const said = JSON.stringify(comment({ context: { id: message.id } }));
    for (const secret of ["6281234567890", "13491208655302741918", message.id, "NjI4MTIzNDU2Nzg5"]) expect(said).not.toContain(secret);
  });

  test("of somebody who hides the number, or before user ids were told, names whom it can", () => {
    const hidden = comment({ from: undefined }, [{ ...siti, wa_id: undefined } as never]);
    expect(hidden?.author).toEqual(comment()?.author);
    expect(openRef(hidden!.ref, vault)).toMatchObject({ to: null, recipient: "ID.13491208655302741918" });
    const old = comment({ from_user_id: undefined }, [{ wa_id: "6281234567890", profile: { name: "Siti" } } as never]);
    expect(old?.author).toEqual({ remoteId: vault.digest(`${number}:6281234567890`), name: "Siti" });
    expect(openRef(old!.ref, vault)).toMatchObject({ to: "6281234567890", recipient: null });
  });

  test("of one person to two numbers shows no common name", () => {
    expect(toComment("999", read(), [siti], vault)?.author.remoteId).not.toBe(comment()?.author.remoteId);
  });

  test("that quotes another names it", () => {
    expect(comment({ context: { id: "wamid.LAIN" } })?.parentRemoteId).toBe(vault.digest("wamid.LAIN"));
    expect(comment({ context: { forwarded: true } })?.parentRemoteId).toBeNull();
  });

  test.each([
    ["a mark on a message", { type: "reaction", reaction: { message_id: "wamid.x", emoji: "👍" } }],
    ["a change of number", { type: "system", system: { body: "Siti changed her number" } }],
    ["a group's talk", { group_id: "120363" }],
    ["nobody's", { from: undefined, from_user_id: undefined }],
  ])("%s is none", (_, change) => {
    expect(comment(change)).toBeNull();
  });
});

test.each([
  ["words", {}, "Kapan posyandu di Slawi?"],
  ["a picture with words", { type: "image", text: undefined, image: { id: "1", caption: "Jalan rusak" } }, "Jalan rusak"],
  ["a film with words", { type: "video", text: undefined, video: { caption: "Banjir" } }, "Banjir"],
  ["a file with words", { type: "document", text: undefined, document: { filename: "a.pdf", caption: "Surat" } }, "Surat"],
  ["a button", { type: "button", text: undefined, button: { payload: "y", text: "Ya" } }, "Ya"],
  ["a choice", { type: "interactive", text: undefined, interactive: { type: "list_reply", list_reply: { id: "1", title: "KTP" } } }, "KTP"],
  [
    "a place",
    {
      type: "location",
      text: undefined,
      location: { latitude: -6.980812345678, longitude: 109.1388, name: "Balai desa", address: "Slawi" },
    },
    "Balai desa\nSlawi\n-6.98081, 109.1388",
  ],
  [
    "a card",
    { type: "contacts", text: undefined, contacts: [{ name: { formatted_name: "Pak RT" }, phones: [{ phone: "+62 812-3456-7890" }] }] },
    "Pak RT +62 812-3456-7890",
  ],
  ["a voice", { type: "audio", text: undefined, audio: { id: "1", voice: true } }, ""],
  ["a picture alone", { type: "image", text: undefined, image: { id: "1" } }, ""],
  ["what WhatsApp does not pass on", { type: "unsupported", text: undefined, errors: [{ code: 131051 }] }, ""],
])("the text of %s", (_, change, text) => {
  expect(textOf(read(change))).toBe(text);
});

test("a place anywhere in Indonesia is not taken for a telephone number", () => {
  const part = (value: number) => value - Math.floor(value);
  for (let step = 0; step < 20_000; step += 1) {
    const location = { latitude: 6 - 17 * part(step * 0.754_877_666), longitude: 95 + 46 * part(step * 0.569_840_291) };
    expect(maskPersonalData(textOf(read({ type: "location", text: undefined, location }))).found).toEqual([]);
  }
});

test.each([null, "", "bukan milik kami", 7, { to: "1" }, vault.seal("{}"), vault.seal("bukan json")])("%j opens nothing", (ref) => {
  expect(openRef(ref, vault)).toBeNull();
});
