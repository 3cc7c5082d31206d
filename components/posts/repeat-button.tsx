"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import { Button } from "../ui/button.tsx";
import type SeriesDialogType from "./series-dialog.tsx";

// Fetched when it is opened.
const SeriesDialog = lazy(() => import("./series-dialog.tsx"));

/** Makes a series of a post. */
export function RepeatButton(props: Omit<ComponentProps<typeof SeriesDialogType>, "onClose">) {
  const t = useTranslations("series");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" small onClick={() => setOpen(true)}>
        {t("repeat")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <SeriesDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
