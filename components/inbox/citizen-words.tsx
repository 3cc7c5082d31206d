import { shownWords } from "#lib/inbox/thread/shown-rules.ts";
import { MaskedText } from "../ui/masked-text.tsx";

/** What a citizen wrote: plain text that cannot be pressed, kept to its own lines and its own direction of writing. */
export const CitizenWords = ({ text, className = "" }: { text: string; className?: string }) => (
  <p className={`said citizen-words ${className}`} dir="auto">
    <MaskedText text={shownWords(text)} />
  </p>
);

/** A name that somebody gave himself. */
export const CitizenName = ({ name }: { name: string }) => <bdi>{shownWords(name)}</bdi>;
