"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "../ui/button.tsx";

// Fetched when it is opened.
const CorrectionDialog = lazy(() => import("./correction-dialog.tsx"));

/** Marks a draft as the correction of a post that went out. */
export function CorrectionButton({ postId, corrects, zone }: { postId: string; corrects: { title: string } | null; zone: string }) {
  const t = useTranslations("correction");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" small onClick={() => setOpen(true)}>
        {t(corrects ? "change" : "mark")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <CorrectionDialog
            postId={postId}
            marked={corrects !== null}
            zone={zone}
            onDone={() => {
              setOpen(false);
              router.refresh();
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
