"use client";

import "./globals.css";

import { Brand } from "@/components/brand.tsx";
import en from "../messages/en/errors.json";
import id from "../messages/id/errors.json";

/** The last resort, when even the frame of the product failed: both languages, no cookie, no data. */
export default function WholeError() {
  const parts = [
    ["id", id.whole],
    ["en", en.whole],
  ] as const;
  return (
    <html lang="id">
      <body>
        <title>Garda</title>
        <main className="plain-page">
          <Brand />
          <div role="alert">
            {parts.map(([lang, words]) => (
              <section key={lang} lang={lang} className="grid gap-2 justify-items-start">
                <h1 className={lang === "id" ? undefined : "text-18!"}>{words.title}</h1>
                <p>{words.text}</p>
                <p>{words.next}</p>
                <button type="button" className={lang === "id" ? "btn btn-primary" : "btn"} onClick={() => location.reload()}>
                  {words.retry}
                </button>
              </section>
            ))}
          </div>
        </main>
      </body>
    </html>
  );
}
