"use client";

import { Brand } from "@/components/brand.tsx";
import { type FaultProps, PageFault } from "@/components/shell/page-fault.tsx";

export default function PageError(props: FaultProps) {
  return (
    <main className="plain-page" id="isi">
      <Brand />
      <PageFault {...props} />
    </main>
  );
}
