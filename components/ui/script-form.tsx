"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { takeUpTyping } from "./early.ts";

/** A form that script sends. Filled in or sent before the script was there, it keeps what was typed and goes out as soon as it can. */
export function ScriptForm(props: Omit<ComponentProps<"form">, "action" | "method" | "ref">) {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const form = ref.current;
    if (!form) return;
    void takeUpTyping(form.elements).then(() => {
      const early = window.gardaEarly;
      if (early?.sent?.form !== form) return;
      const { submitter } = early.sent;
      early.sent = undefined;
      form.requestSubmit(submitter);
    });
  }, []);
  return <form {...props} ref={ref} method="dialog" />;
}
