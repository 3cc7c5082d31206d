import { createHash } from "node:crypto";
import type { LabRequest } from "./http.ts";
import { html, type Markup } from "./markup.ts";

/** What a visitor has typed, and what is wrong with it. */
export type Draft = {
  name: string;
  message: string;
  parent: string;
  nameProblem: string | null;
  messageProblem: string | null;
  problem: string | null;
};
export const emptyDraft: Draft = { name: "", message: "", parent: "", nameProblem: null, messageProblem: null, problem: null };

/** The draft as sent, to be shown again. */
export function draftOf(fields: LabRequest["fields"]): Draft {
  const text = (name: string): string => (typeof fields[name] === "string" ? fields[name] : "");
  return { ...emptyDraft, name: text("name"), message: text("message"), parent: text("parent") };
}

/** The same visitor's name always gets the same id. */
export const visitorId = (name: string): string =>
  `7${BigInt(`0x${createHash("sha256").update(name.toLowerCase()).digest("hex").slice(0, 13)}`)}`.slice(0, 16);

/** A labelled control with what is wrong in it; `control` is given the attributes that tell so. */
export function field(id: string, label: string, problem: string | null, control: (attributes: Markup) => Markup): Markup {
  const attributes = problem ? html`aria-invalid="true" aria-describedby="${id}-salah"` : html``;
  return html`<div class="field"><label for="${id}">${label}</label>${control(attributes)}
    ${problem ? html`<p class="problem" id="${id}-salah">${problem}</p>` : null}</div>`;
}
