"use client";

import { Button } from "../ui/button.tsx";
import { insertAnswer } from "./insert-answer.ts";

/** Takes words that stand on the page over into the answer. */
export const InsertButton = ({ text, children }: { text: string; children: string }) => (
  <Button small className="needs-script" onClick={() => insertAnswer(text)}>
    {children}
  </Button>
);
