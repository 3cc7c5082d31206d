import { type Actor, authorize, inScope, reaches } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import type { PieceKind } from "./piece-kinds.ts";
import type { Pillar } from "./rules.ts";
import type { KeepPieceInput, ListPiecesInput, PieceRef } from "./schema.ts";

export type Piece = {
  id: string;
  kind: PieceKind;
  name: string;
  text: string;
  pillar: Pillar | null;
  /** From the government's bank: every unit of it may use the piece. */
  shared: boolean;
  writable: boolean;
};
/** So many are shown; a search finds the rest. */
const SHOWN = 100;

/** The pieces that a unit may use, its own and its government's, by name. */
export async function listPieces(
  actor: Actor,
  { unitId, search, archived, pillar }: ListPiecesInput,
): Promise<Answer<{ pieces: Piece[]; more: boolean }>> {
  const unit = await db.unit.findFirst({
    where: { AND: [{ id: unitId }, inScope(actor, "post.write", "id")] },
    select: { id: true, governmentId: true },
  });
  if (!unit) throw new Refusal("not-found");
  const contains = { contains: search.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  const rows = await db.contentPiece.findMany({
    where: {
      unitId: { in: [unit.id, unit.governmentId] },
      archivedAt: archived ? { not: null } : null,
      ...(pillar ? { pillar } : {}),
      ...(search ? { OR: [{ name: contains }, { text: contains }] } : {}),
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: SHOWN + 1,
  });
  const pieces = rows.slice(0, SHOWN).map((row) => ({
    id: row.id,
    kind: row.kind as PieceKind,
    name: row.name,
    text: row.text,
    pillar: row.pillar as Pillar | null,
    shared: row.unitId !== unit.id,
    writable: reaches(actor, "post.write", row),
  }));
  return { ok: true, pieces, more: rows.length > SHOWN };
}

/** Keeps a piece, new or changed. */
export async function keepPiece(actor: Actor, { pieceId, unitId, ...content }: KeepPieceInput): Promise<Answer<{ pieceId: string }>> {
  return db.$transaction(async (tx) => {
    if (pieceId) {
      const piece = await findPiece(tx, actor, pieceId);
      await tx.contentPiece.update({ where: { id: piece.id }, data: content });
      await note(tx, actor, "change", piece);
      return { ok: true, pieceId };
    }
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: unitId }, inScope(actor, "post.write", "id")] },
      select: { id: true, governmentId: true },
    });
    if (!unit) throw new Refusal("not-found");
    const place = { unitId: unit.id, governmentId: unit.governmentId };
    const { id } = await tx.contentPiece.create({ data: { ...content, ...place, createdBy: actor.personId, createdAt: now() } });
    await note(tx, actor, "keep", { id, ...place });
    return { ok: true, pieceId: id };
  });
}

/** Takes a piece out of the bank, or back into it. Posts that were written with it stay as they are. */
export async function archivePiece(actor: Actor, { pieceId, archived }: PieceRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const piece = await findPiece(tx, actor, pieceId);
    await tx.contentPiece.update({ where: { id: piece.id }, data: { archivedAt: archived ? now() : null } });
    await note(tx, actor, archived ? "archive" : "restore", piece);
    return { ok: true };
  });
}

type Found = { id: string; unitId: string; governmentId: string };

async function findPiece(tx: Tx, actor: Actor, id: string): Promise<Found> {
  const piece = await tx.contentPiece.findFirst({
    where: { AND: [{ id }, inScope(actor, "post.write")] },
    select: { id: true, unitId: true, governmentId: true },
  });
  if (!piece) throw new Refusal("not-found");
  authorize(actor, "post.write", piece);
  return piece;
}

const note = (tx: Tx, actor: Actor, step: string, { id, unitId, governmentId }: Found) =>
  record(tx, actor, { type: `piece.${step}`, subjectType: "piece", subjectId: id, place: { unitId, governmentId } });
