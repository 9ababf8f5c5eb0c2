// The package may use only the language's own library, which has neither TextDecoder nor TextEncoder.

const REPLACEMENT = 0xfffd;

/** Text of UTF-8 bytes; what is not UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let at = start;
  // Most texts are ASCII: eight characters at once while they are.
  for (; at + 8 <= end; at += 8) {
    const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    const [e = 0, f = 0, g = 0, h = 0] = [
      bytes[at + 4],
      bytes[at + 5],
      bytes[at + 6],
      bytes[at + 7],
    ];
    if ((a | b | c | d | e | f | g | h) >= 0x80) break;
    text += String.fromCharCode(a, b, c, d, e, f, g, h);
  }
  for (; at < end; at++) {
    const code = bytes[at] ?? 0;
    if (code >= 0x80) return text + decodeAny(bytes, at, end);
    text += String.fromCharCode(code);
  }
  return text;
}

function decodeAny(bytes: Uint8Array, start: number, end: number): string {
  const parts: string[] = [];
  let units: number[] = [];
  for (let at = start; at < end; ) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      units.push(first);
      at++;
    } else {
      const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      const point = at + length <= end ? codePoint(bytes, at, length) : -1;
      if (point > 0xffff) units.push(0xd7c0 + (point >>> 10), 0xdc00 | (point & 0x3ff));
      else units.push(point < 0 ? REPLACEMENT : point);
      at += point < 0 ? 1 : length;
    }
    // Function arguments are limited; longer texts are put together from pieces.
    if (units.length >= 4096) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return encodeAny(text);
    bytes[at] = code;
  }
  return bytes;
}

function encodeAny(text: string): Uint8Array {
  const out: number[] = [];
  for (const character of text) {
    let point = character.codePointAt(0) ?? REPLACEMENT;
    if (point >= 0xd800 && point <= 0xdfff) point = REPLACEMENT;
    if (point < 0x80) out.push(point);
    else if (point < 0x800) out.push(0xc0 | (point >>> 6), 0x80 | (point & 0x3f));
    else {
      if (point < 0x10000) out.push(0xe0 | (point >>> 12));
      else out.push(0xf0 | (point >>> 18), 0x80 | ((point >>> 12) & 0x3f));
      out.push(0x80 | ((point >>> 6) & 0x3f), 0x80 | (point & 0x3f));
    }
  }
  return new Uint8Array(out);
}

/** Smallest code point that needs 2, 3, 4 bytes: anything less is an overlong, forbidden spelling. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0xc2 || first > 0xf4) return -1;
  let point = first & (0x7f >>> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (SMALLEST[length] ?? 0) || point > 0x10ffff || surrogate ? -1 : point;
}
