import { useTranslations } from "next-intl";
import { Icon } from "../ui/icon.tsx";

/** `place` is the second line: the government it belongs to, or what it spans ("36 OPD, 18 kecamatan"). */
export type ShellUnit = { id: string; name: string; place: string };

type Props = { unit: ShellUnit; units: ShellUnit[]; choose: (form: FormData) => Promise<void> };

const Lines = ({ unit }: { unit: ShellUnit }) => (
  <span className="two-lines">
    <b>{unit.name}</b>
    <small>{unit.place}</small>
  </span>
);

/** Every unit the person works for; one press changes to it. */
export function UnitList({ unit, units, choose }: Props) {
  return (
    <form action={choose} className="menu-part">
      {units.map((each) => (
        <button
          key={each.id}
          type="submit"
          name="unit"
          value={each.id}
          className="menu-item"
          aria-current={each.id === unit.id ? "true" : undefined}
        >
          <Lines unit={each} />
          {each.id === unit.id && <Icon name="check" />}
        </button>
      ))}
    </form>
  );
}

/** The unit at hand; with more than one it opens their list. Works without scripts. */
export function UnitSwitcher({ unit, units, choose }: Props) {
  const t = useTranslations("shell");
  if (units.length < 2)
    return (
      <p className="unit-button">
        <Lines unit={unit} />
      </p>
    );
  return (
    <>
      <button type="button" className="unit-button" popoverTarget="units" title={t("switchUnit")}>
        <Lines unit={unit} />
        <Icon name="chevronsUpDown" className="text-ink-3" />
      </button>
      <div key={unit.id} id="units" popover="auto" className="pop pop-units">
        <UnitList unit={unit} units={units} choose={choose} />
      </div>
    </>
  );
}
