import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { InboxFrame, readList } from "@/components/inbox/inbox-frame.tsx";
import { readAddress } from "@/components/inbox/read-address.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("inbox"))("title") });

export default page("inbox.read", async ({ actor, search }) => {
  const address = readAddress(search);
  const at = now();
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("inbox")]);
  const list = await readList(actor, unit, address, at);
  return (
    <InboxFrame list={list} address={address} now={at}>
      {list.rows.length > 0 && (
        <div className="inbox-hint">
          <p>{t("pick")}</p>
          <p>
            {t.rich("pickKeys", {
              next: () => <kbd>J</kbd>,
              previous: () => <kbd>K</kbd>,
            })}
          </p>
        </div>
      )}
    </InboxFrame>
  );
});
