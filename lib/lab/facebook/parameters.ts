import type { LabRequest } from "../http.ts";
import { invalid } from "./errors.ts";

/** A text parameter of the request, from its body or its query. */
export function parameter(request: LabRequest, name: string): string | undefined {
  const value = request.fields[name] ?? request.url.searchParams.get(name);
  if (value === null || value === undefined) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A yes-or-no parameter; undefined when absent. */
export function flag(request: LabRequest, name: string): boolean | undefined {
  const value = parameter(request, name);
  if (value === undefined) return undefined;
  if (/^(true|1)$/.test(value)) return true;
  if (/^(false|0)$/.test(value)) return false;
  throw invalid(`Param ${name} must be a boolean`);
}
