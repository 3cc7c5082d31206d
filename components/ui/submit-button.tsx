"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button.tsx";

/** A form's button: a second press while the first is under way does nothing, and focus stays on it. */
export function SubmitButton({ onClick, ...rest }: ComponentProps<typeof Button>) {
  const { pending } = useFormStatus();
  return (
    <Button {...rest} type="submit" aria-disabled={pending || undefined} onClick={pending ? (event) => event.preventDefault() : onClick} />
  );
}
