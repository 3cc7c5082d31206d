import { useTranslations } from "next-intl";
import { maskedParts } from "#lib/core/text.ts";

/** A citizen's words as stored: where personal data was removed at ingest, a chip says what stood there. */
export function MaskedText({ text }: { text: string }) {
  const t = useTranslations("ui.masked");
  return maskedParts(text).map((part, index) =>
    part.masked === null ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: stored text does not change
      <span key={index} className="masked">
        {t(part.masked)}
      </span>
    ),
  );
}
