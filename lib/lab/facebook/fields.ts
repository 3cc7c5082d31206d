import { GraphError, noSuchField } from "./errors.ts";

/** One requested field: `comments.limit(0).summary(true){message}` as a tree. */
export type Field = { name: string; args: { [name: string]: string }; fields: Field[] | null };
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Reads Graph's field expansion syntax; throws error 2500 where it does not parse. */
export function parseFields(text: string): Field[] {
  let at = 0;
  const fail = (): never => {
    throw new GraphError(`Syntax error "Expected name." at character ${at}: ${text}`, { code: 2500 });
  };
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const name = (): string => take(/\s*[a-z_][a-z0-9_]*\s*/iy)?.trim() ?? fail();
  const list = (): Field[] => {
    const found: Field[] = [];
    do found.push(one());
    while (take(/,/y) !== null);
    return found;
  };
  const one = (): Field => {
    const field: Field = { name: name(), args: {}, fields: null };
    while (take(/\./y) !== null) {
      const arg = name();
      if (take(/\(/y) === null) fail();
      field.args[arg] = (take(/[^()]*/y) ?? "").trim();
      if (take(/\)\s*/y) === null) fail();
    }
    if (take(/\{/y) !== null) {
      field.fields = list();
      if (take(/\}\s*/y) === null) fail();
    }
    return field;
  };
  const fields = list();
  if (at !== text.length) fail();
  return fields;
}

/** Keeps only the requested parts of a plain value; lists and `{data: …}` wrappers are looked through. */
export function pick(value: Json | undefined, fields: Field[] | null, kind: string, known: readonly string[]): Json | undefined {
  if (!fields || value === undefined || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => pick(item, fields, kind, known) ?? null);
  if (typeof value.data === "object" && value.data !== null) return { ...value, data: pick(value.data, fields, kind, known) ?? null };
  const kept: { [key: string]: Json } = {};
  for (const field of fields) {
    if (!known.includes(field.name)) throw noSuchField(field.name, kind);
    const part = pick(value[field.name], field.fields, kind, known);
    if (part !== undefined) kept[field.name] = part;
  }
  return kept;
}

/** An instant as Graph writes it: whole seconds, `+0000`. */
export const graphTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+0000`;
