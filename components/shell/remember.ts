const year = 31_536_000;

/** Keeps a choice of the reader's for a year, where the server sees it on the next request. An empty value forgets it. */
export const remember = (name: "garda_theme" | "garda_locale", value: string) => {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from browsers still in use
  document.cookie = `${name}=${value}; path=/; max-age=${value ? year : 0}; samesite=lax${secure}`;
};
