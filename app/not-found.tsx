import Link from "next/link";
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
        <Link className="btn btn-primary" href="/">
          {t("action")}
        </Link>
      </div>
    </main>
  );
}
