import type { Metadata, Route } from "next";
import Form from "next/form";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { roles } from "#lib/core/roles.ts";
import { assignableUnits, listPeople, PEOPLE_A_PAGE } from "#lib/people/directory.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Input } from "@/components/ui/field.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { AddPerson } from "./add-person.tsx";
import { PersonTable } from "./person-table.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("people"))("title") });

const here = "/settings/people";

export default page("person.manage", async ({ actor, search }) => {
  const text = plain(search.q).slice(0, 120);
  const after = lastOf(search.after);
  const [found, units, t] = await Promise.all([listPeople(actor, { text, after }), assignableUnits(actor), getTranslations("people")]);
  const people = found.slice(0, PEOPLE_A_PAGE);
  const last = people.at(-1);
  const next = found.length > people.length && last ? addressOf({ q: text, after: `${last.name}~${last.id}` }) : null;
  return (
    <Messages namespaces={["people", "problems"]}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        action={<AddPerson units={units} roles={roles} icon={<Icon name="plus" />} />}
      />
      <Page>
        <Form action={here} role="search" className="flex gap-2 mb-4 max-w-[480px]">
          <Input
            type="search"
            name="q"
            key={text}
            defaultValue={text}
            aria-label={t("search.label")}
            placeholder={t("search.hint")}
            maxLength={120}
          />
          <Button type="submit" className="h-(--input)!">
            {t("search.submit")}
          </Button>
        </Form>
        {people.length ? (
          <PersonTable people={people} self={actor.personId} />
        ) : (
          <Empty
            action={
              <Link className="link" href={here}>
                {t("search.all")}
              </Link>
            }
          >
            {text ? t("search.none", { text }) : t("search.end")}
          </Empty>
        )}
        {(next || after) && (
          <nav className="flex gap-5 mt-4" aria-label={t("pages.label")}>
            {after && (
              <Link className="link" href={addressOf({ q: text })}>
                {t("pages.first")}
              </Link>
            )}
            {next && (
              <Link className="link" href={next}>
                {t("pages.next", { count: PEOPLE_A_PAGE })}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </Messages>
  );
});

/** A word of the address; PostgreSQL takes no text with a NUL in it. */
const plain = (value: string | string[] | undefined) => (typeof value === "string" ? value.replaceAll("\0", "").trim() : "");

/** Where the page before ended: "name~id". Anything else starts from the beginning. */
function lastOf(value: string | string[] | undefined) {
  const text = plain(value);
  const cut = text.lastIndexOf("~");
  const id = text.slice(cut + 1);
  return cut > 0 && z.uuid().safeParse(id).success ? { name: text.slice(0, cut), id } : undefined;
}

function addressOf(parts: Record<string, string>) {
  const query = new URLSearchParams(Object.entries(parts).filter(([, value]) => value));
  return `${here}${query.size ? `?${query}` : ""}` as Route;
}
