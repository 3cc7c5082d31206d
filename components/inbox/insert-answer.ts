const INSERT = "inbox:insert";

/** Puts words into the box of the open case, after what stands there. Nothing is sent by it. */
export const insertAnswer = (text: string) => dispatchEvent(new CustomEvent(INSERT, { detail: text }));

/** Calls `insert` with such words; answers with how to stop. */
export function onInsertAnswer(insert: (text: string) => void): () => void {
  const listen = (event: Event) => {
    const { detail } = event as CustomEvent<unknown>;
    if (typeof detail === "string") insert(detail);
  };
  addEventListener(INSERT, listen);
  return () => removeEventListener(INSERT, listen);
}
