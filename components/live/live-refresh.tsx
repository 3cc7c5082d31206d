"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const CHANNEL = "garda-live";
const PAUSE_MS = 300;

/**
 * Renews an open page when something in reach has changed. One tab of the browser (the holder of a lock) listens to the
 * server and tells the others; typing is never disturbed, since only what the server renders is renewed.
 */
export function LiveRefresh({ topics }: { topics: string[] }) {
  const router = useRouter();
  const wanted = topics.join(" ");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = (topic: string) => {
      if (!wanted.split(" ").includes(topic)) return;
      clearTimeout(timer);
      timer = setTimeout(() => router.refresh(), PAUSE_MS);
    };
    const others = new BroadcastChannel(CHANNEL);
    others.onmessage = (event: MessageEvent<string>) => renew(event.data);
    const leave = new AbortController();
    const listen = () =>
      new Promise<void>((done) => {
        // The lock may be granted in the moment of leaving: held then, it would keep every other page from listening.
        if (leave.signal.aborted) return done();
        const source = new EventSource("/api/live");
        for (const topic of ["case", "post", "score"]) {
          source.addEventListener(topic, () => {
            others.postMessage(topic);
            renew(topic);
          });
        }
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
  }, [router, wanted]);
  return null;
}
