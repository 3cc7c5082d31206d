import "./globals.css";

import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { readLocale, readTheme } from "#lib/core/i18n.ts";
import { rememberEarly } from "@/components/ui/early.ts";

const jakarta = localFont({
  src: "./fonts/plus-jakarta-sans-latin.woff2",
  weight: "200 800",
  display: "swap",
  // fallback.css has better ones.
  adjustFontFallback: false,
  variable: "--font-jakarta",
});

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("shell");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    description: t("tagline"),
    formatDetection: { telephone: false },
  };
};

export const viewport: Viewport = {
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#14181b" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme, sent] = await Promise.all([readLocale(), readTheme(), headers()]);
  return (
    // A theme chosen before this answer arrived already stands on <html>.
    <html lang={locale} data-theme={theme ?? undefined} className={jakarta.variable} suppressHydrationWarning>
      <body>
        <script nonce={sent.get("x-nonce") ?? undefined}>{rememberEarly}</script>
        {children}
      </body>
    </html>
  );
}
