/** What the content bank keeps: texts, and sets of hashtags. */
export const pieceKinds = ["text", "hashtags"] as const;
export type PieceKind = (typeof pieceKinds)[number];
