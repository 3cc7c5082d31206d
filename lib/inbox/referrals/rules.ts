/** Disposisi: who may do what with a referral, and what becomes of it. Pure. */

export const referralStates = ["sent", "accepted", "bounced", "delivered", "withdrawn", "redirected"] as const;
export type ReferralState = (typeof referralStates)[number];

/** The asked agency accepts, bounces or delivers; the asking one withdraws; Kabid IKP decides on a bounce. */
export const referralSteps = ["accept", "bounce", "deliver", "withdraw", "uphold", "return", "redirect"] as const;
export type ReferralStep = (typeof referralSteps)[number];

const moves: Record<ReferralState, Partial<Record<ReferralStep, ReferralState>>> = {
  sent: { accept: "accepted", bounce: "bounced", deliver: "delivered", withdraw: "withdrawn" },
  accepted: { bounce: "bounced", deliver: "delivered", withdraw: "withdrawn" },
  bounced: { uphold: "accepted", return: "withdrawn", redirect: "redirected", withdraw: "withdrawn" },
  delivered: {},
  withdrawn: {},
  redirected: {},
};

/** Where a step leads; null where it is not open. An agency bounces once: what Kabid IKP sent back to it, it does. */
export function after(state: ReferralState, step: ReferralStep, bouncedBefore: boolean): ReferralState | null {
  if (step === "bounce" && bouncedBefore) return null;
  return moves[state][step] ?? null;
}

export const isOpenReferral = (state: ReferralState): boolean => Object.keys(moves[state]).length > 0;

/** How long an agency has when nothing else is chosen, in working days, and what else there is to choose. */
export const referralDays = [1, 2, 3, 5, 10] as const;
export const usualReferralDays = 3;
