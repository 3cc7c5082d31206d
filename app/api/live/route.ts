import { route } from "#lib/core/doors.ts";
import { onSignal, recentSignals, type Signal } from "#lib/core/live.ts";
import { actorOfSession } from "#lib/core/session.ts";
import { unitsHeard } from "#lib/units/queries.ts";

export const dynamic = "force-dynamic";

const COALESCE_MS = 250;
const BEAT_MS = 20_000;

/** Tells an open page that something in the actor's reach has changed: topics and ids, never contents. */
export const GET = route("today.read", async (request, { actor }) => {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let waiting = new Map<string, Signal>();
      let timer: NodeJS.Timeout | null = null;
      // Asked once and at each beat, not for every signal: hundreds of pages hear the same ones.
      let reach = unitsHeard(actor);
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const flush = async () => {
        timer = null;
        const signals = [...waiting.values()];
        waiting = new Map();
        const visible = await reach;
        if (closed) return;
        for (const s of signals)
          if (!s.unitId || visible.has(s.unitId)) send(`event: ${s.topic}\ndata: ${JSON.stringify({ id: s.id ?? null })}\n\n`);
      };
      const hear = (s: Signal) => {
        if (s.topic.endsWith("-due") || (s.personId ?? actor.personId) !== actor.personId) return;
        waiting.set(`${s.topic}:${s.id ?? ""}:${s.unitId ?? ""}`, s);
        timer ??= setTimeout(() => void flush().catch(close), COALESCE_MS);
      };
      const stopHearing = onSignal(hear);
      for (const s of recentSignals()) hear(s);
      const beat = setInterval(async () => {
        // A revoked session or a disabled person hears nothing more, one whose grants have changed only what they reach now.
        const renewed = await actorOfSession(actor.sessionId).catch(() => null);
        if (closed) return;
        if (!renewed) return close();
        reach = unitsHeard(renewed);
        send(": beat\n\n");
      }, BEAT_MS);
      let closed = false;
      function close() {
        if (closed) return;
        closed = true;
        stopHearing();
        clearInterval(beat);
        if (timer) clearTimeout(timer);
        try {
          controller.close();
        } catch {}
      }
      request.signal.addEventListener("abort", close);
      send("retry: 2000\n\n: open\n\n");
    },
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" },
  });
});
