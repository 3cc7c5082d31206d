"use client";

import { useEffect, useRef } from "react";

const CHANNEL = "garda-live";
const PAUSE_MS = 300;
const topics = ["case", "post", "score", "notice", "report", "coaching"];

/**
 * Calls `renew` shortly after something in reach has changed, once for several changes in a row. One tab of the browser (the
 * holder of a lock) listens to the server and tells the others.
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
    const others = new BroadcastChannel(CHANNEL);
    others.onmessage = (event: MessageEvent<string>) => hear(event.data);
    const leave = new AbortController();
    const listen = () =>
      new Promise<void>((done) => {
        // The lock may be granted in the moment of leaving: held then, it would keep every other page from listening.
        if (leave.signal.aborted) return done();
        const source = new EventSource("/api/live");
        const tell = (topic: string) => {
          others.postMessage(topic);
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
