/** The least that opening a text can be: every byte is looked at once. Returns the number of lines. */
export function countNewlines(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0x0a) lines++;
  return lines;
}
