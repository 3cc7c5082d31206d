"use client";

import { useTranslations } from "next-intl";
import type { Platform } from "#lib/platforms/contract.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { platformNames, platformPages } from "./platform-names.ts";
import { Sign } from "./sign.tsx";

export type Handwork = { text: string; files: { mediaId: string; mime: string }[]; firstComment: string | null };

/** What a person needs to publish by hand: the text to copy, the files to download, and the place to go. */
export function ManualPackage({ platform, handwork: { text, files, firstComment } }: { platform: Platform; handwork: Handwork }) {
  const t = useTranslations("posts.package");
  const copy = async (words: string) => {
    const copied = await navigator.clipboard.writeText(words).then(
      () => true,
      () => false,
    );
    showToast(t(copied ? "copied" : "notCopied"));
  };
  return (
    <ol className="below grid gap-2 list-decimal pl-5 text-13">
      <li>
        <Button small icon={<Sign name="copy" />} onClick={() => void copy(text)}>
          {t("copy")}
        </Button>
      </li>
      {files.length > 0 && (
        <li>
          <span className="flex flex-wrap gap-x-4 gap-y-1">
            {files.map((file, index) => (
              <a
                key={file.mediaId}
                className="link"
                href={`/api/media/${file.mediaId}`}
                download={`${index + 1}.${file.mime.split("/")[1]}`}
              >
                {t(file.mime.startsWith("video/") ? "downloadVideo" : "download", { number: index + 1 })}
              </a>
            ))}
          </span>
        </li>
      )}
      <li>
        <a className="link" href={platformPages[platform]} target="_blank" rel="noopener noreferrer">
          {t("open", { platform: platformNames[platform] })}
        </a>
      </li>
      {firstComment && (
        <li>
          <Button small icon={<Sign name="copy" />} onClick={() => void copy(firstComment)}>
            {t("copyComment")}
          </Button>
        </li>
      )}
    </ol>
  );
}
