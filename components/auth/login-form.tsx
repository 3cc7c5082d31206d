"use client";

import { type ReactNode, useActionState, useEffect, useRef, useState } from "react";
import type { LoginState } from "#lib/people/actions.ts";
import { Field, Input } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";

type Props = {
  action: (previous: LoginState, form: FormData) => Promise<LoginState>;
  words: Record<"identity" | "password" | "show" | "hide" | "submit" | "invalid" | "unavailable", string> & {
    /** With `#` where the minutes go. */
    throttled: string;
  };
  icons: { show: ReactNode; hide: ReactNode };
};

const fresh: LoginState = { identity: "", problem: null };

export function LoginForm({ action, words, icons }: Props) {
  const [state, submit, pending] = useActionState(action, fresh);
  const [shown, setShown] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.problem) password.current?.focus();
  }, [state]);
  const mismatch = state.problem === "invalid" && words.invalid;
  const trouble = state.problem && !mismatch && words[state.problem].replace("#", String(Math.max(1, state.minutes ?? 1)));
  return (
    <form action={submit}>
      <Field id="identity" label={words.identity}>
        {(control) => (
          <Input
            {...control}
            name="identity"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={200}
            key={state.identity}
            defaultValue={state.identity}
          />
        )}
      </Field>
      <Field id="password" label={words.password} error={mismatch}>
        {(control) => (
          <div className="password">
            <Input
              {...control}
              ref={password}
              name="password"
              type={shown ? "text" : "password"}
              autoComplete="current-password"
              required
              maxLength={200}
            />
            <button
              type="button"
              className="btn btn-quiet btn-icon needs-script"
              aria-label={shown ? words.hide : words.show}
              onClick={() => setShown(!shown)}
            >
              {shown ? icons.hide : icons.show}
            </button>
          </div>
        )}
      </Field>
      {trouble && (
        <Note kind="warn" role="alert">
          {trouble}
        </Note>
      )}
      <button type="submit" className="btn btn-primary" aria-disabled={pending || undefined}>
        {words.submit}
      </button>
    </form>
  );
}
