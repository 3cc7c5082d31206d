import type { Citizens } from "../citizens.ts";
import { invalid } from "../facebook/errors.ts";
import { flag } from "../facebook/parameters.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { findPost, type PostRow, postPath } from "./tables.ts";

/** POST /{reply}/manage_reply: `hide` for replies straight under a post; what stands below them goes along. */
export function manageReply(lab: Lab, reply: PostRow, request: LabRequest): { success: true } {
  const hide = flag(request, "hide");
  if (hide === undefined) throw invalid("The parameter hide is required");
  if (reply.root === null || reply.parent !== reply.root || reply.author === reply.account)
    throw invalid("Only top-level replies of others can be hidden or unhidden");
  if (hide) lab.store.run("INSERT OR IGNORE INTO th_hidden (post) VALUES (?)", reply.id);
  else lab.store.run("DELETE FROM th_hidden WHERE post = ?", reply.id);
  return { success: true };
}

const ofCitizen = (lab: Lab, id: string): PostRow | null => {
  const reply = findPost(lab.store, id);
  return reply && reply.author !== reply.account ? reply : null;
};

/** Threads tells the app of neither: its "delete" is for the account's own posts. */
export const citizens: Citizens = {
  find: (lab, id) => {
    const reply = ofCitizen(lab, id);
    const root = reply && findPost(lab.store, reply.root ?? "");
    return root ? { name: reply.username, text: reply.text, path: `${postPath(root)}#komentar-${id}` } : null;
  },
  edit: (lab, id, text) => void lab.store.run("UPDATE th_post SET text = ? WHERE id = ?", text, id),
  remove: (lab, id) => void lab.store.run("DELETE FROM th_post WHERE id = ?", id),
};
