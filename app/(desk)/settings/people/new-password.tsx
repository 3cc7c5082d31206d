"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { Note } from "@/components/ui/note.tsx";

/** A temporary password, once, with a button that copies it; where the browser refuses, it is marked for copying by hand. */
export function NewPassword({ name, password }: { name: string; password: string }) {
  const t = useTranslations("people.made");
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<"copied" | "marked" | null>(null);
  useEffect(() => field.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(password);
      setCopied("copied");
    } catch {
      field.current?.select();
      setCopied("marked");
    }
  };
  return (
    <div className="grid gap-4 pt-1">
      <Field id="new-password" label={t("label", { name })}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              ref={field}
              readOnly
              value={password}
              autoComplete="off"
              spellCheck={false}
              className="tracking-wide [font-family:ui-monospace,monospace]"
              onFocus={(event) => event.target.select()}
            />
            <Button className="h-(--input)!" onClick={copy}>
              {t("copy")}
            </Button>
          </div>
        )}
      </Field>
      <p role="status" className="text-13 text-ink-2 empty:hidden">
        {copied && t(copied)}
      </p>
      <Note kind="warn">{t("once")}</Note>
    </div>
  );
}
