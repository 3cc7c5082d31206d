/** How a video is cut for its way to TikTok. Pure. */

export type Chunk = { from: number; to: number };
export type ChunkPlan = { size: number; chunkSize: number; count: number; chunks: Chunk[] };

/**
 * Bytes of one part. Between TikTok's 5 and 64 MB whether a MB has a thousand kilobytes or 1,024; small, because a part stands in
 * memory as a whole. 4 GB make 500 of at most 1,000.
 */
const partSize = 8_000_000;

/**
 * The parts of a video of so many bytes, in their order: their number is the size divided by theirs and rounded down, and the
 * last one takes what remains. Source: TikTok, "Media Transfer Guide".
 */
export function planChunks(size: number): ChunkPlan {
  const chunkSize = size < 2 * partSize ? size : partSize;
  const count = Math.floor(size / chunkSize);
  const chunks = Array.from({ length: count }, (_, i) => ({ from: i * chunkSize, to: i === count - 1 ? size : (i + 1) * chunkSize }));
  return { size, chunkSize, count, chunks };
}
