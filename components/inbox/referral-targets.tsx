"use client";

import { createContext, type ReactNode, use } from "react";
import type { ReferralTargets } from "#lib/inbox/referrals/targets.ts";

const none: ReferralTargets = { suggested: [], agencies: [] };
const TargetsContext = createContext<ReferralTargets>(none);

/** Whom the open case may be referred to, sent to the browser once for all that ask. */
export const Targets = ({ targets, children }: { targets: ReferralTargets; children: ReactNode }) => (
  <TargetsContext value={targets}>{children}</TargetsContext>
);
export const useTargets = () => use(TargetsContext);
