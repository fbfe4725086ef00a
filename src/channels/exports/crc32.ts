/** The checksum of the ZIP format: deflate by itself does not notice a byte that has changed. */

const table = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

/** Goes on from `before` (0 to begin with); unsigned, 32 bits. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before;
  const { length } = bytes;
  for (let at = 0; at < length; at += 1) {
    value = (value >>> 8) ^ (table[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return ~value >>> 0;
}
