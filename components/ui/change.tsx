import { useTranslations } from "next-intl";
import { Icon } from "./icon.tsx";

type Props = { direction: "up" | "down" | "same"; label: string };

const faces = {
  up: { icon: "arrowUp", colour: "text-accent-text" },
  down: { icon: "arrowDown", colour: "text-[var(--fall)]" },
  same: { icon: "minus", colour: "text-ink-3" },
} as const;

/** A figure's movement: arrow, amount, and the word for those who listen. */
export function Change({ direction, label }: Props) {
  const t = useTranslations("ui.change");
  const { icon, colour } = faces[direction];
  return (
    <span className={`change ${colour}`}>
      <Icon name={icon} />
      {label}
      <span className="sr-only"> {t(direction)}</span>
    </span>
  );
}
