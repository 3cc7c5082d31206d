import { type Actor, permissions } from "../core/access.ts";
import type { Role } from "../core/roles.ts";

/**
 * The governments whose trainings and good practice a person may see: those in which he holds any role that reads of coaching.
 * They are made for all units of a government, so that a single unit's grant suffices.
 */
export const homesOf = (actor: Actor): string[] => [
  ...new Set(
    actor.authorities
      .filter(({ role }) => (permissions["coaching.read"] as readonly Role[]).includes(role))
      .map(({ governmentId }) => governmentId),
  ),
];
