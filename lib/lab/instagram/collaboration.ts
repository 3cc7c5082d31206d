import { invalid, missing } from "../facebook/errors.ts";
import type { Json } from "../facebook/fields.ts";
import { listRows } from "../facebook/lists.ts";
import { flag, parameter } from "../facebook/parameters.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { unknownCollaborator } from "./errors.ts";
import { mediaUrl } from "./files.ts";
import { type AccountRow, type CollaborationRow, findAccount, findByName, findMedia, type MediaRow } from "./tables.ts";

type Args = { [name: string]: string };
const MOST_COLLABORATORS = 3;
const INVITES_PER_PAGE = "10";

/** The named accounts' ids. Throws Instagram's refusal for too many names, an unknown one and one's own. */
export function checkCollaborators(lab: Lab, account: AccountRow, names: string[]): string[] {
  if (names.length > MOST_COLLABORATORS) throw invalid("Param collaborators takes at most 3 names");
  return names.map((name) => {
    const found = findByName(lab.store, name);
    if (!found || found.id === account.id) throw unknownCollaborator(name);
    return found.id;
  });
}

/** Asks the accounts that a new post names as its authors too. */
export function invite(lab: Lab, media: string, accounts: string[]): void {
  for (const account of accounts) {
    const sql = "INSERT OR IGNORE INTO ig_collaboration (id, media, account, state, created) VALUES (?, ?, ?, 'Pending', ?)";
    lab.store.run(sql, lab.store.nextId(), media, account, lab.now());
  }
}

/** GET /{account}/collaboration_invites: posts of others that wait for this account's answer, newest first. */
export function listInvites(lab: Lab, account: AccountRow, args: Args, self: URL): { [key: string]: Json } {
  const where = "account = ? AND state = 'Pending'";
  const source = { table: "ig_collaboration", where, values: [account.id], key: "created", newestFirst: true };
  const { rows, paging } = listRows<CollaborationRow>(lab.store, source, { limit: INVITES_PER_PAGE, ...args }, self);
  const data = rows.map((row) => {
    const media = findMedia(lab.store, row.media)!;
    const told = { media_id: media.id, media_owner_username: findAccount(lab.store, media.account)?.username ?? "" };
    return { ...told, caption: media.caption, media_url: mediaUrl(lab, media) ?? null };
  });
  return { data, ...(paging ? { paging } : {}) };
}

/** POST /{account}/collaboration_invites: `media_id` names the post, `accept` is the answer, which stands. */
export function answerInvite(lab: Lab, account: AccountRow, request: LabRequest): { success: true } {
  const media = parameter(request, "media_id") ?? "";
  const accept = flag(request, "accept");
  if (accept === undefined) throw invalid("The parameter accept is required");
  const sql = "UPDATE ig_collaboration SET state = ? WHERE media = ? AND account = ? AND state = 'Pending'";
  if (lab.store.run(sql, accept ? "Accepted" : "Declined", media, account.id).changes === 0) throw missing("POST", media);
  return { success: true };
}

/** GET /{media}/collaborators: whom its owner has asked, and how they stand to it. */
export function listCollaborators(lab: Lab, media: MediaRow): { data: Json } {
  const rows = lab.store.all<CollaborationRow>("SELECT * FROM ig_collaboration WHERE media = ? ORDER BY id", media.id);
  return {
    data: rows.map(({ account, state }) => ({
      id: account,
      username: findAccount(lab.store, account)?.username ?? "",
      invite_status: state,
    })),
  };
}

/** Everybody who stands as an author of a post: its owner, then those who accepted. */
export function authorsOf(lab: Lab, media: MediaRow): AccountRow[] {
  const joined = lab.store.all<AccountRow>(
    "SELECT a.* FROM ig_collaboration c JOIN ig_account a ON a.id = c.account WHERE c.media = ? AND c.state = 'Accepted' ORDER BY c.id",
    media.id,
  );
  const owner = findAccount(lab.store, media.account);
  return owner ? [owner, ...joined] : joined;
}
