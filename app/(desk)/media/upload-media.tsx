"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Sign } from "@/components/posts/sign.tsx";
import { accepted, upload } from "@/components/posts/upload.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";

/** Sends pictures and videos to the unit's library, one after the other. */
export function UploadMedia({ unitId }: { unitId: string }) {
  const t = useTranslations("media");
  const locale = useLocale();
  const router = useRouter();
  const answerText = useAnswerText();
  const input = useRef<HTMLInputElement>(null);
  const [going, setGoing] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const percent = new Intl.NumberFormat(locale, { style: "percent" });

  const send = async (files: FileList | null) => {
    setProblem(null);
    for (const file of files ?? []) {
      const answer = await upload(unitId, file, (share) => setGoing(t("uploading", { name: file.name, share: percent.format(share) })));
      if (!answer.ok) {
        setProblem(`${file.name}: ${answerText(answer)}`);
        break;
      }
      showToast(t("uploaded"));
    }
    setGoing(null);
    if (input.current) input.current.value = "";
    router.refresh();
  };

  return (
    <div>
      <input ref={input} id="berkas" type="file" accept={accepted.all} multiple hidden onChange={(e) => void send(e.target.files)} />
      <Button
        kind="primary"
        icon={<Sign name="plus" />}
        aria-disabled={going ? true : undefined}
        onClick={() => !going && input.current?.click()}
      >
        {t("upload")}
      </Button>
      <p className="text-13 text-ink-2" role="status">
        {going}
      </p>
      {problem && (
        <p className="error" role="alert">
          <Sign name="cross" />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
