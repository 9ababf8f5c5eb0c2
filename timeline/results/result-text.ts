import { hex } from '../register-directory.ts';
import type { Result } from './result.ts';

/** Dwords of a command that a line shows. */
const SHOWN = 8;

/** A result in the words of the trace format. */
export function resultText(result: Result): string {
  if (result.kind === 'interrupt') return `IRQ${result.cause === '' ? '' : ` (${result.cause})`}`;
  if (result.kind === 'write') {
    return `DW ${result.space}:${hex(result.address)} ${hex(result.value, 8)}`;
  }
  const { engine, level, where, dwords } = result;
  const shown = dwords.slice(0, SHOWN).map((dword) => dword.toString(16).padStart(8, '0'));
  const more = dwords.length > SHOWN ? ' …' : '';
  return `CMD ${engine} ${level}@${where.toString(16)} ${shown.join(' ')}${more}`;
}
