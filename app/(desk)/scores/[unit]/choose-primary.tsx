"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { choosePrimaryAction } from "#lib/scores/actions.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Note } from "@/components/ui/note.tsx";
import { showToast } from "@/components/ui/toast.tsx";

type Words = Record<"open" | "title" | "from" | "before" | "submit" | "done" | "cancel" | "close", string>;

/** Lets this account be the unit's primary one; says first what that changes. */
export function ChoosePrimary({ channelId, words }: { channelId: string; words: Words }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { send, busy, errorBeside } = useSending();
  const problem = errorBeside([]);
  const choose = () =>
    send(
      () => choosePrimaryAction({ channelId }),
      () => {
        setOpen(false);
        router.refresh();
        showToast(words.done);
      },
    );
  return (
    <>
      <Button small onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={words.title}
        closeLabel={words.close}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.cancel}</Button>
            <Button kind="primary" onClick={choose} aria-disabled={busy || undefined}>
              {words.submit}
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <p>{words.from}</p>
          <p className="text-ink-2">{words.before}</p>
          <div role="status" className="empty:-mt-3">
            {problem && <Note kind="danger">{problem}</Note>}
          </div>
        </div>
      </Dialog>
    </>
  );
}
