import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

/** Gives client components the words of the named namespaces (files of messages/), and no others. */
export async function Messages({ namespaces, children }: { namespaces: string[]; children: ReactNode }) {
  const all = await getMessages();
  const picked = Object.fromEntries(Object.entries(all).filter(([namespace]) => namespaces.includes(namespace)));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
