import type { FieldValue } from './decode-group.ts';

const FLOAT = new DataView(new ArrayBuffer(4));

/** Address of a field as graphics addresses are meant: 48 bits. */
export function addressOf({ low, high }: FieldValue): number {
  return (high & 0xffff) * 2 ** 32 + low;
}

/** A value that is no number of more than 53 bits; for decisions, not for display. */
export function numberOf(value: FieldValue): number {
  const { low, high, plan } = value;
  const { row, width } = plan;
  if (row.type === 'float') return floatOf(low);
  const unsigned = high * 2 ** 32 + low;
  const isNegative = row.isSigned && unsigned >= 2 ** (width - 1);
  return (isNegative ? unsigned - 2 ** width : unsigned) / 2 ** row.fraction;
}

/** What the value is called, where the table has a name for it. */
export function meaningOf({ low, high, plan }: FieldValue): string | undefined {
  return high === 0 ? plan.row.values?.get(low) : undefined;
}

/** `true`, `0x00200000`, `0.5625`, `15`; of a structure its name. Without what the value is called. */
export function plainText(value: FieldValue): string {
  const { low, high, plan } = value;
  switch (plan.row.type) {
    case 'bool':
      return low === 0 ? 'false' : 'true';
    case 'address':
    case 'offset':
      return hexText(low, high);
    case 'float':
      return numberText(floatOf(low));
    case 'fixed':
      return numberText(numberOf(value));
    case 'struct':
      return plan.row.struct ?? '';
    default:
      if (plan.width > 64) return `${hexText(low, high)} …`;
      return high < 2 ** 21 ? String(numberOf(value)) : wideText(value);
  }
}

/** With what the value is called: `1 (Write Immediate Data)`. */
export function valueText(value: FieldValue): string {
  const meaning = meaningOf(value);
  return meaning === undefined ? plainText(value) : `${plainText(value)} (${meaning})`;
}

export function floatOf(dword: number): number {
  FLOAT.setUint32(0, dword);
  return FLOAT.getFloat32(0);
}

/** Whether a dword that may be anything is rather a number of single precision: of usual size, or with few digits. */
export function looksLikeFloat(dword: number): boolean {
  const exponent = ((dword >>> 23) & 0xff) - 127;
  const fraction = dword & 0x7fffff;
  if (exponent === -127 && fraction === 0) return true;
  return (exponent >= -30 && exponent <= 30) || (fraction & 0xffff) === 0;
}

/** As many digits as tell a number of single precision from its neighbours. */
export function numberText(value: number): string {
  const short = String(value);
  if (short.length <= 8) return short;
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === Math.fround(value)) return String(text);
  }
  return short;
}

export function hexText(low: number, high = 0): string {
  if (high === 0) return `0x${low.toString(16).padStart(8, '0')}`;
  return `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`;
}

function wideText({ low, high, plan }: FieldValue): string {
  const unsigned = BigInt(high) * 2n ** 32n + BigInt(low);
  return String(plan.row.isSigned ? BigInt.asIntN(plan.width, unsigned) : unsigned);
}
