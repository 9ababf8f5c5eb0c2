const FIRST = 33;
const LAST = 117;
const LETTER_Z = 122;

/** Bytes that a text may become: 'z' stands for four zeros, so that a short text can become long. */
const MOST_BYTES = 2 ** 27;

export interface Decoded {
  readonly bytes: Uint8Array;
  /** What is wrong with the text, in words that follow “The contents are”; what came before it has been decoded. */
  readonly problem: string | undefined;
}

/** Decodes i915's base85 (lib/ascii85): five characters '!' to 'u' are a dword, 'z' is a dword of zero. */
export function decodeAscii85(text: Uint8Array, start: number, end: number): Decoded {
  const bytes = new Uint8Array(Math.min(lengthOf(text, start, end), MOST_BYTES));
  let to = 0;
  let at = start;
  while (at < end) {
    if (to + 4 > bytes.length) break;
    let dword = 0;
    if (text[at] === LETTER_Z) at++;
    else {
      if (at + 5 > end) return stopped(bytes, to, 'cut off within a group of five characters');
      for (let i = 0; i < 5; i++) {
        const code = text[at + i] ?? 0;
        if (code < FIRST || code > LAST) {
          return stopped(bytes, to, `damaged at character ${at + i - start + 1}`);
        }
        dword = dword * 85 + (code - FIRST);
      }
      at += 5;
    }
    bytes[to++] = dword & 0xff;
    bytes[to++] = (dword >>> 8) & 0xff;
    bytes[to++] = (dword >>> 16) & 0xff;
    bytes[to++] = (dword >>> 24) & 0xff;
  }
  if (at < end) {
    const what = bytes.length === MOST_BYTES ? `longer than ${MOST_BYTES} bytes` : 'cut off';
    return stopped(bytes, to, what);
  }
  return { bytes, problem: undefined };
}

function lengthOf(text: Uint8Array, start: number, end: number): number {
  let zeros = 0;
  for (let at = start; at < end; at++) if (text[at] === LETTER_Z) zeros++;
  return zeros * 4 + Math.floor((end - start - zeros) / 5) * 4;
}

function stopped(bytes: Uint8Array, length: number, problem: string): Decoded {
  return { bytes: bytes.slice(0, length), problem };
}
