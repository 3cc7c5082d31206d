"use client";

import { useEffect, useRef } from "react";

const CHANNEL = "garda-news";
const PAUSE_MS = 300;
/** How long the listening tab remembers what it heard, for pages that were drawn before it and mounted after it. */
const REMEMBERED_MS = 10_000;
const topics = ["case", "post", "score", "notice", "report", "coaching"];
/** Between the pages of a browser: a topic to renew, for all or for the one that asked, or a newcomer asking what it missed. */
type Message = { topic: string; to?: string } | { ask: string };

/**
 * Calls `renew` shortly after something in reach has changed, once for several changes in a row. One tab of the browser (the
 * holder of a lock) listens to the server and tells the others, and tells a newcomer what was heard while it was on its way.
 */
export function useLive(heard: string[], renew: () => void) {
  const latest = useRef(renew);
  useEffect(() => {
    latest.current = renew;
  });
  const wanted = heard.join(" ");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hear = (topic: string) => {
      if (!wanted.split(" ").includes(topic)) return;
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), PAUSE_MS);
    };
    const self = Math.random().toString(36);
    const others = new BroadcastChannel(CHANNEL);
    const post = (message: Message) => others.postMessage(message);
    /** What this page heard from the server, and when: empty unless it is the one that listens. */
    const heardAt = new Map<string, number>();
    others.onmessage = ({ data }: MessageEvent<Message>) => {
      if ("topic" in data) {
        if ((data.to ?? self) === self) hear(data.topic);
        return;
      }
      const from = performance.now() - REMEMBERED_MS;
      for (const [topic, at] of heardAt) if (at > from) post({ topic, to: data.ask });
    };
    post({ ask: self });
    const leave = new AbortController();
    const listen = () =>
      new Promise<void>((done) => {
        // The lock may be granted in the moment of leaving: held then, it would keep every other page from listening.
        if (leave.signal.aborted) return done();
        const source = new EventSource("/api/live");
        const tell = (topic: string) => {
          heardAt.set(topic, performance.now());
          post({ topic });
          hear(topic);
        };
        for (const topic of topics) source.addEventListener(topic, () => tell(topic));
        // What happened while the connection was lost is not told again.
        let lost = false;
        source.onerror = () => {
          lost = true;
        };
        source.onopen = () => {
          if (lost) topics.forEach(tell);
          lost = false;
        };
        leave.signal.addEventListener("abort", () => {
          source.close();
          done();
        });
      });
    navigator.locks?.request(CHANNEL, { signal: leave.signal }, listen).catch(() => {});
    return () => {
      leave.abort();
      clearTimeout(timer);
      others.close();
    };
  }, [wanted]);
}
