import { getTranslations } from "next-intl/server";
import { Brand } from "@/components/brand.tsx";

export default async function NotFound() {
  const t = await getTranslations("shell.notFound");
  return (
    <main className="plain-page">
      <Brand />
      <div>
        <h1>{t("title")}</h1>
        <p>{t("text")}</p>
        {/* A plain link: this page is known to every other, and would bring the router's link to all of them. */}
        <a className="btn btn-primary" href="/">
          {t("action")}
        </a>
      </div>
    </main>
  );
}
