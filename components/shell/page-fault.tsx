"use client";

import en from "../../messages/en/errors.json";
import id from "../../messages/id/errors.json";

export type FaultProps = { error: unknown; retry: () => void };

/** What stands where a page failed. Its words travel with it, since whatever fails must not fail again here. */
export function PageFault({ error, retry }: FaultProps) {
  const words = (globalThis.document?.documentElement.lang === "en" ? en : id).page;
  const code = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div role="alert">
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <p>{words.next}</p>
      <div className="chips">
        <button type="button" className="btn btn-primary" onClick={retry}>
          {words.retry}
        </button>
        {/* A whole new document: the running one has failed. */}
        <a className="btn" href="/">
          {words.home}
        </a>
      </div>
      {code && <small className="text-13 text-ink-3 tabular-nums">{words.code.replace("{code}", code)}</small>}
    </div>
  );
}
