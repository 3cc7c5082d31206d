"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";

/** Puts a text on the clipboard and says whether it is there. `name`: what is copied, for those who do not see the field. */
export function CopyButton({ text, name, all = false }: { text: string; name?: string; all?: boolean }) {
  const t = useTranslations("lapor");
  const copy = async () => {
    // Absent where the page was not opened over a secure connection.
    const copied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(() => false);
    showToast(t(copied ? "copied" : "notCopied"));
  };
  return (
    <Button
      small
      kind={all ? "plain" : "quiet"}
      aria-label={name && t("copyField", { field: name })}
      aria-disabled={!text || undefined}
      onClick={text ? () => void copy() : undefined}
    >
      {t(all ? "copyAll" : "copy")}
    </Button>
  );
}
