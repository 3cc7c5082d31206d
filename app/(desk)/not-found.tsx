import { getTranslations } from "next-intl/server";

/** Nothing here, or nothing for this person: both look alike. The shell stays. */
export default async function DeskNotFound() {
  const t = await getTranslations("shell.notFound");
  return (
    <main id="isi" className="page">
      <h1 className="text-22 font-heading mb-2">{t("title")}</h1>
      <p className="text-ink-2 mb-5">{t("text")}</p>
      <a className="btn btn-primary" href="/">
        {t("action")}
      </a>
    </main>
  );
}
