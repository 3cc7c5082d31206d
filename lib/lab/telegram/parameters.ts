import type { LabRequest } from "../http.ts";
import { bad } from "./errors.ts";

/** A parameter from the body or the query; undefined when absent or empty. */
export function parameter(request: LabRequest, name: string): unknown {
  const value = request.fields[name] ?? request.url.searchParams.get(name);
  return value === null || value === "" ? undefined : value;
}

/** A text; empty when absent. */
export function text(request: LabRequest, name: string): string {
  const value = parameter(request, name);
  return value === undefined ? "" : String(value);
}

/** A whole number; undefined when absent. */
export function whole(request: LabRequest, name: string): number | undefined {
  const value = parameter(request, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw bad(`can't parse ${name}`);
  return number;
}

/** A value that forms carry as JSON; undefined when absent. */
export function structure(request: LabRequest, name: string): unknown {
  const value = parameter(request, name);
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw bad(`can't parse ${name}: can't parse JSON`);
  }
}
