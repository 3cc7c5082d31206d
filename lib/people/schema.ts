import { z } from "zod";
import { roles } from "../core/roles.ts";

export const newPerson = z.object({
  name: z.string().trim().min(1).max(120),
  email: z.string().trim().toLowerCase().pipe(z.email("email-form")),
  nip: z
    .string()
    .trim()
    .transform((v) => v.replace(/\s/g, ""))
    .refine((v) => v === "" || /^\d{18}$/.test(v), "nip-form"),
  unitId: z.uuid(),
  role: z.enum(roles),
});
export type NewPerson = z.infer<typeof newPerson>;
export const personRef = z.object({ personId: z.uuid() });
