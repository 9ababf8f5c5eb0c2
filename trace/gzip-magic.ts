/** Whether a stream that begins with these pieces is packed with gzip (RFC 1952: 1f 8b). */
export function isGzip(pieces: readonly Uint8Array[]): boolean {
  let position = 0;
  for (const piece of pieces) {
    for (const byte of piece) {
      if (byte !== (position === 0 ? 0x1f : 0x8b)) return false;
      if (++position === 2) return true;
    }
  }
  return false;
}
