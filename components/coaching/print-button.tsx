"use client";

import { Button } from "../ui/button.tsx";

export const PrintButton = ({ label }: { label: string }) => (
  <Button kind="primary" onClick={() => window.print()}>
    {label}
  </Button>
);
