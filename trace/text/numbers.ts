/** An unsigned number of up to 64 bits, in two halves. */
export interface U64 {
  readonly low: number;
  readonly high: number;
}

/** Value of an ASCII hex digit, else −1. */
export const HEX_DIGIT: Int8Array = new Int8Array(256).map((_, code) => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
});

/** Hexadecimal with or without `0x`; `_` may separate digits. Undefined where it is none or exceeds 64 bits. */
export function parseHex(text: string): U64 | undefined {
  const match = /^(?:0[xX])?_?([0-9a-fA-F][0-9a-fA-F_]*)$/.exec(text);
  const digits = match?.[1]?.replaceAll('_', '').replace(/^0+(?=.)/, '');
  if (digits === undefined || digits.length > 16) return undefined;
  return {
    low: Number.parseInt(digits.slice(-8), 16),
    high: digits.length > 8 ? Number.parseInt(digits.slice(0, -8), 16) : 0,
  };
}

/** `0x…` hexadecimal, else decimal (up to 2⁵³). Undefined where it is neither. */
export function parseNumber(text: string): U64 | undefined {
  if (/^0[xX]/.test(text)) return parseHex(text);
  if (!/^[0-9][0-9_]*$/.test(text) || text.length > 32) return undefined;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value)) return undefined;
  return { low: value % 2 ** 32, high: Math.floor(value / 2 ** 32) };
}

/** As one `number`; undefined above 2⁴⁸ − 1, which no address and no offset exceeds. */
export function asAddress(value: U64 | undefined): number | undefined {
  return value === undefined || value.high > 0xffff ? undefined : value.high * 2 ** 32 + value.low;
}

/** Whether a value can be written with an access of `size` bytes. */
export function fits(value: U64, size: number): boolean {
  if (size >= 8) return true;
  return value.high === 0 && (size >= 4 || value.low < 2 ** (8 * size));
}

/** Decimal seconds to whole microseconds (digits after the sixth are cut off); undefined where it is none. */
export function parseSeconds(text: string): number | undefined {
  const match = /^([0-9]{1,7})(?:\.([0-9]{1,12}))?$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 1e6 + Number((match[2] ?? '').padEnd(6, '0').slice(0, 6));
}

/** `10`, `0x1f`: how numbers are shown in messages. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
