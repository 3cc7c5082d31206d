"use client";

import { useRouter } from "next/navigation";
import { useLive } from "./use-live.ts";

/** Renews an open page when something in reach has changed; typing is never disturbed, since only what the server renders is renewed. */
export function LiveRefresh({ topics }: { topics: string[] }) {
  const router = useRouter();
  useLive(topics, () => router.refresh());
  return null;
}
