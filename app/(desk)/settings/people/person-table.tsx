import { useTranslations } from "next-intl";
import type { Role } from "#lib/core/roles.ts";
import type { listPeople } from "#lib/people/directory.ts";
import { Icon } from "@/components/ui/icon.tsx";
import { PersonSwitch } from "./person-switch.tsx";

type Person = Awaited<ReturnType<typeof listPeople>>[number];

/** Who may come in. `self`: the reader, who cannot lock himself out. */
export function PersonTable({ people, self }: { people: Person[]; self: string }) {
  const t = useTranslations("people");
  return (
    <div className="panel">
      <table className="tbl cards">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.name")}</th>
            <th scope="col">{t("column.roles")}</th>
            <th scope="col">{t("column.email")}</th>
            <th scope="col">{t("column.nip")}</th>
            <th scope="col">{t("column.state")}</th>
            <th scope="col">
              <span className="sr-only">{t("column.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row key={person.id} person={person} self={person.id === self} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ person, self }: { person: Person; self: boolean }) {
  const t = useTranslations("people");
  const disabled = person.disabledAt !== null;
  return (
    <tr className="max-md:grid-cols-[minmax(0,1fr)_auto]!">
      <td className="font-strong md:py-2">
        <span className="wrap-anywhere">{person.name}</span>
        {self && <span className="ml-2 text-13 font-body text-ink-3">{t("you")}</span>}
      </td>
      <td className="md:py-2 md:whitespace-nowrap max-md:col-span-full max-md:row-start-2">
        <ul>
          {person.grants.map(({ role, unit }) => (
            <li key={`${role} ${unit.shortName}`}>
              {t(`role.${role as Role}`)} <span className="text-13 text-ink-3">· {unit.shortName}</span>
            </li>
          ))}
          {person._count.grants > person.grants.length && (
            <li className="text-13 text-ink-3">{t("moreRoles", { count: person._count.grants - person.grants.length })}</li>
          )}
        </ul>
      </td>
      <td className="quiet wrap-anywhere md:py-2 max-md:col-span-full max-md:row-start-3">{person.email}</td>
      <td className="quiet whitespace-nowrap max-md:col-span-full max-md:row-start-4">
        {person.nip ? (
          <>
            <span className="md:hidden">NIP </span>
            {spaced(person.nip)}
          </>
        ) : (
          <span className="text-ink-3 max-md:hidden">{t("noNip")}</span>
        )}
      </td>
      <td className="whitespace-nowrap max-md:col-start-2 max-md:row-start-1">
        <span className={`mark state ${disabled ? "" : "state-ok"}`}>
          <Icon name={disabled ? "pause" : "check"} size={14} />
          {t(disabled ? "state.disabled" : "state.active")}
        </span>
      </td>
      <td className="text-right max-md:col-span-full max-md:row-start-5 max-md:text-left">
        {!self && (
          <div className="max-md:-ml-2.5">
            <PersonSwitch personId={person.id} name={person.name} disabled={disabled} />
          </div>
        )}
      </td>
    </tr>
  );
}

/** A NIP as it is printed on letters: birth date, appointment, sex, number. */
const spaced = (nip: string) => nip.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, "$1 $2 $3 $4");
