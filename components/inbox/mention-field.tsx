"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent, RefObject } from "react";
import { useState } from "react";
import type { Mentionable } from "#lib/inbox/work/mentioning.ts";

const SHOWN = 6;

/** The ids of those whose names stand in a note after an @. */
export const mentionedIn = (text: string, people: readonly Mentionable[]) =>
  people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);

/** While a name is typed after an @: the people it may mean, and how one is chosen. */
export function useMentions(field: RefObject<HTMLTextAreaElement | null>, people: readonly Mentionable[], write: (text: string) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const found =
    typed === null
      ? []
      : people
          .filter(
            ({ name }) =>
              name
                .toLowerCase()
                .split(" ")
                .some((part) => part.startsWith(typed)) || name.toLowerCase().startsWith(typed),
          )
          .slice(0, SHOWN);

  const look = () => {
    const before = field.current?.value.slice(0, field.current.selectionStart) ?? "";
    const name = /(?:^|\s)@([\p{L}.' -]{0,40})$/u.exec(before)?.[1];
    setTyped(name?.toLowerCase() ?? null);
    setActive(0);
  };
  const choose = ({ name }: Mentionable) => {
    const element = field.current;
    if (!element) return;
    const { value, selectionStart } = element;
    const at = value.lastIndexOf("@", selectionStart - 1);
    const put = `@${name} `;
    write(`${value.slice(0, at)}${put}${value.slice(selectionStart)}`);
    setTyped(null);
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(at + put.length, at + put.length);
    });
  };
  /** True when the key was meant for the list. */
  const press = (event: KeyboardEvent): boolean => {
    const one = found[active];
    if (!one || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp")
      setActive((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(one);
    else if (event.key === "Escape") setTyped(null);
    else return false;
    event.preventDefault();
    return true;
  };
  return { found, active, look, choose, press, close: () => setTyped(null) };
}

type ListProps = { found: readonly Mentionable[]; active: number; onChoose: (one: Mentionable) => void };

export function MentionList({ found, active, onChoose }: ListProps) {
  const t = useTranslations("inbox.compose");
  if (!found.length) return null;
  return (
    <div id="mention-list" role="listbox" aria-label={t("mentions")} className="mention-list">
      {found.map((one, index) => (
        <div
          key={one.id}
          id={`mention-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The field keeps the focus: losing it would close the list before the press arrives.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(one);
          }}
        >
          {one.name}
        </div>
      ))}
    </div>
  );
}
