/** By what the library is filtered. Pure; the browser needs it without the checks of schema.ts. */
export const mediaKinds = ["all", "picture", "video"] as const;
export type MediaKind = (typeof mediaKinds)[number];
