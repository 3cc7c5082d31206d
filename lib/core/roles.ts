export const roles = ["admin", "verifier", "supervisor", "head", "analyst", "auditor", "system_admin"] as const;
export type Role = (typeof roles)[number];
