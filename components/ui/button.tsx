import type { ComponentProps, ReactNode } from "react";

export type ButtonLook = {
  kind?: "primary" | "plain" | "quiet" | "danger";
  small?: boolean;
  icon?: ReactNode;
  /** The key that does the same, shown beside the words on wide screens. */
  keys?: string;
};

const kinds = { primary: "btn-primary", plain: "", quiet: "btn-quiet", danger: "btn-danger" };

export const buttonClass = ({ kind = "plain", small }: ButtonLook, iconOnly: boolean, extra = "") =>
  ["btn", kinds[kind], small && "btn-small", iconOnly && "btn-icon", extra].filter(Boolean).join(" ");

export const ButtonInside = ({ icon, keys, children }: ButtonLook & { children?: ReactNode }) => (
  <>
    {icon}
    {children != null && <span>{children}</span>}
    {keys && (
      <span aria-hidden="true">
        <kbd>{keys}</kbd>
      </span>
    )}
  </>
);

/** The label says what happens. Without children give `icon` and `aria-label`. */
export function Button({ kind, small, icon, keys, className, children, type = "button", ...rest }: ButtonLook & ComponentProps<"button">) {
  return (
    <button type={type} className={buttonClass({ kind, small }, children == null, className)} {...rest}>
      <ButtonInside icon={icon} keys={keys}>
        {children}
      </ButtonInside>
    </button>
  );
}
