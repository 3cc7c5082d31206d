import { z } from "zod";
import { actings, isNip } from "../signing.ts";

const line = (longest: number) => z.string().trim().max(longest);
const filled = (longest: number) => line(longest).min(1, "required");

export const signatorySchema = z.object({
  office: filled(120),
  onBehalfOf: filled(80).nullable(),
  acting: z.enum(actings).nullable(),
  name: filled(120),
  rank: line(80),
  nip: z
    .string()
    .transform((nip) => nip.replaceAll(/[\s.]/g, ""))
    .refine(isNip, "nip-invalid"),
});

export const letterheadSchema = z.object({
  /** From the government down to the office, as they stand one beneath the other. */
  lines: z.array(filled(90)).min(1, "required").max(4),
  address: line(160),
  contact: line(160),
  logoId: z.uuid().nullable(),
  /** Where letters are dated: "Slawi". */
  place: line(60),
  basis: z.array(filled(240)).max(20),
  copies: z.array(filled(120)).max(10),
  form: z.object({ code: line(30), kind: line(20), office: line(30) }),
  /** Addresses of this domain may be sent reports beside the people of the product. */
  mailDomain: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "domain-form")
    .max(100)
    .nullable(),
  signatory: signatorySchema.nullable(),
});
export type Letterhead = z.output<typeof letterheadSchema>;

export const letterheadInput = z.object({
  unitId: z.uuid(),
  validFrom: z.iso.date("day-form"),
  letterhead: letterheadSchema,
});
export type LetterheadInput = z.output<typeof letterheadInput>;
