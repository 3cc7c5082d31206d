import { metaDialog } from "../dialogs.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { type AccountRow, findByName } from "./tables.ts";
import { allScopes, issueCode } from "./tokens.ts";

/** The consent page at /threads/oauth/authorize. */
export const dialog = (lab: Lab, request: LabRequest): PublicPage =>
  metaDialog(request, {
    allowed: (scopes) => scopes.includes("threads_basic") && scopes.every((scope) => allScopes.includes(scope)),
    find: (name) => findByName(lab.store, name),
    all: () => lab.store.all<AccountRow>("SELECT * FROM th_account ORDER BY name COLLATE NOCASE LIMIT 100"),
    issueCode: (given) => issueCode(lab, given),
  });
