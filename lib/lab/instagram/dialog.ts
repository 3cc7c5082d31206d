import { metaDialog } from "../dialogs.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { type AccountRow, findByName } from "./tables.ts";
import { allScopes, issueCode } from "./tokens.ts";

/** The consent page at /instagram/oauth/authorize. */
export const dialog = (lab: Lab, request: LabRequest): PublicPage =>
  metaDialog(request, {
    allowed: (scopes) => scopes.length > 0 && scopes.every((scope) => allScopes.includes(scope)),
    find: (name) => findByName(lab.store, name),
    all: () => lab.store.all<AccountRow>("SELECT * FROM ig_account ORDER BY name COLLATE NOCASE LIMIT 100"),
    issueCode: (given) => issueCode(lab, given),
  });
