import type { Route } from "next";
import type { ComponentProps } from "react";
import Link from "@/components/ui/link.tsx";
import { ButtonInside, type ButtonLook, buttonClass } from "./button.tsx";

type Props = ButtonLook & Omit<ComponentProps<typeof Link>, "href"> & { href: Route };

/** A link that looks like a button, because it starts something. Without children give `icon` and `aria-label`. */
export function ButtonLink({ kind, small, icon, keys, className, children, href, ...rest }: Props) {
  return (
    <Link href={href} className={buttonClass({ kind, small }, children == null, className)} {...rest}>
      <ButtonInside icon={icon} keys={keys}>
        {children}
      </ButtonInside>
    </Link>
  );
}
