import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { messagesOf } from "./messages.ts";
import { isLocale, type Locale } from "./text.ts";

/** The reader's language: the cookie of their choice, else Indonesian. Only while answering a request. */
export const readLocale = async (): Promise<Locale> => {
  const chosen = (await cookies()).get("garda_locale")?.value;
  return isLocale(chosen) ? chosen : "id";
};

/** The reader's choice of light or dark; null lets the device decide. Only while answering a request. */
export const readTheme = async (): Promise<"light" | "dark" | null> => {
  const chosen = (await cookies()).get("garda_theme")?.value;
  return chosen === "light" || chosen === "dark" ? chosen : null;
};

export default getRequestConfig(async () => {
  const locale = await readLocale();
  return { locale, messages: await messagesOf(locale), timeZone: "Asia/Jakarta" };
});
