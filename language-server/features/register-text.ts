import type { RegisterInfo } from '../../emulator/index.ts';
import { dwordName, hex } from '../../timeline/index.ts';
import { code, paragraphs, plain } from './markdown.ts';

/** How access modes are called in sentences. */
export const ACCESS_TEXT: Readonly<Record<string, string>> = {
  rw: 'read and write',
  ro: 'read only',
  'ro-bits': 'some bits read only',
  w1c: 'a 1 clears the bit',
  masked: 'bits 31:16 select which of bits 15:0 are written',
  'write-zero': 'what is written reads back as 0',
  unimplemented: 'only stored and read back',
};

/** A register's name, place and rules, in Markdown. `offset`: of one of its dwords. */
export function registerText(info: RegisterInfo, offset: number): string {
  const dword = offset - (offset % 4);
  const rules = ACCESS_TEXT[info.access] ?? info.access;
  const volatile = info.volatile === true ? ', answers depend on more than what was written' : '';
  return paragraphs(
    `**${plain(dwordName(info, dword))}** — ${plain(info.block)} ${code(hex(dword, 6))}, ${rules}${volatile}`,
    info.description === undefined ? undefined : plain(info.description),
    resetText(info),
  );
}

function resetText({ reset, readOnlyMask, flags }: RegisterInfo): string | undefined {
  const parts: string[] = [];
  if (reset !== undefined) {
    parts.push(`At power-on ${code(hex(reset.value, 8))} (source: ${plain(reset.source)}).`);
  }
  if (readOnlyMask !== undefined) parts.push(`Read-only bits: ${code(hex(readOnlyMask, 8))}.`);
  if (flags?.includes('cmd') === true) parts.push('Commands may access it.');
  if (flags?.includes('gmadr') === true) parts.push('Holds a graphics address.');
  return parts.length === 0 ? undefined : parts.join(' ');
}
