/** A form with one file that never stands in memory as a whole (RFC 7578). */

const PIECE = 1_048_576;

type Part = {
  name: string;
  filename: string;
  mime: string;
  bytes: number;
  slice: (from: number, to: number) => Promise<Uint8Array>;
};
export type StreamedForm = { contentType: string; length: number; body: ReadableStream<Uint8Array> };

/** The fields, then the file, read a piece at a time while it is sent. `boundary` stands nowhere in them: a UUID does. */
export function streamedForm(fields: Record<string, string>, file: Part, boundary: string): StreamedForm {
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const disposition = `Content-Disposition: form-data; name="${file.name}"; filename="${file.filename}"`;
  const head = Buffer.from(`${texts.join("")}--${boundary}\r\n${disposition}\r\nContent-Type: ${file.mime}\r\n\r\n`);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  let at = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (stream) => stream.enqueue(head),
      async pull(stream) {
        if (at < file.bytes) {
          const to = Math.min(at + PIECE, file.bytes);
          stream.enqueue(await file.slice(at, to));
          at = to;
          return;
        }
        stream.enqueue(tail);
        stream.close();
      },
    },
    { highWaterMark: 1 },
  );
  return { contentType: `multipart/form-data; boundary=${boundary}`, length: head.length + file.bytes + tail.length, body };
}
