/**
 * The bytes of one part of an archive, a piece at a time, by the engine's own inflate. What comes
 * out is counted: the archive's word for its size is not enough (limits.md 10, Security 10).
 */
import { crc32 } from "./crc32";
import type { ImportLimits } from "./limits";
import { refuse, type FileRefusal } from "./refusals";
import type { ZipPart } from "./zip";

/** Packed bytes given to inflate at once; deflate makes at most a thousand times as much of them. */
const PIECE = 4096;

/** How much was unpacked so far, of all parts of one archive together; bytes. */
export interface Meter {
  unpacked: number;
}

function pieces(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, at + PIECE));
        at += PIECE;
        if (at >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Pieces, then null, or why it stopped: more than was promised or allowed, or damaged. */
export async function* unpack(
  part: ZipPart,
  meter: Meter,
  limits: ImportLimits,
): AsyncGenerator<Uint8Array, FileRefusal | null, void> {
  const packed = pieces(part.bytes);
  const stream =
    part.method === 0 ? packed : packed.pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  let size = 0;
  let crc = 0;
  try {
    for (;;) {
      const step = await reader.read().catch(() => null);
      if (step === null) return refuse("broken_file", part.name);
      if (step.done) break;
      size += step.value.length;
      meter.unpacked += step.value.length;
      if (meter.unpacked > limits.unpackedMax) return refuse("unpacks_too_large", part.name);
      if (size > part.unpacked) return refuse("unpacks_too_large", part.name);
      crc = crc32(step.value, crc);
      yield step.value;
    }
  } finally {
    // Nobody waits for the rest of a part that was given up.
    void reader.cancel().catch(() => undefined);
  }
  const isWhole = size === part.unpacked && crc === part.crc;
  return isWhole ? null : refuse("broken_file", part.name);
}
