"use client";

import { type FaultProps, PageFault } from "@/components/shell/page-fault.tsx";

/** A failed page keeps its shell: the way to the others stays open. */
export default function DeskError(props: FaultProps) {
  return (
    <main id="isi" className="page">
      <PageFault {...props} />
    </main>
  );
}
