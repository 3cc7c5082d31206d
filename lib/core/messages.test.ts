import { expect, it } from "vitest";
import { messagesOf } from "./messages.ts";

it("gives a language's words by namespace, the name of their file", async () => {
  expect(await messagesOf("id")).toMatchObject({ ui: { state: { draft: "Draf" } }, errors: { page: { retry: "Coba lagi" } } });
  expect(await messagesOf("en")).toMatchObject({ ui: { state: { draft: "Draft" } }, errors: { page: { retry: "Try again" } } });
});
