import { PTE_BYTES, pteOffsetOf } from '../../../timeline/index.ts';
import { hex64, type Label, RecordKind, Space } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import { accessOn, lastWrite } from '../../index/access.ts';
import { constantsOf } from '../diagnostics/device-constants.ts';
import { entryText } from '../hover-access.ts';
import { code, paragraphs, plain } from '../markdown.ts';

/** The GGTT translates addresses below. */
const GGTT_END = 2 ** 32;

/** What a label is, and what the lines above one (from 0) tell of its number as an address. */
export function labelHover(document: TraceDocument, label: Label, line: number): string {
  const { name, value } = label;
  const address = value.high > 0xffff ? undefined : value.high * 2 ** 32 + value.low;
  return paragraphs(
    `**${plain(name)}** = ${code(hex64(value))} — label, defined on line ${label.line}`,
    ...(address === undefined
      ? []
      : [graphicsText(document, address, line), memoryText(document, address, line)]),
  );
}

/** As a graphics address: in the vGPU's slice, or with an entry that a line above writes. */
function graphicsText(document: TraceDocument, address: number, line: number): string | undefined {
  if (address >= GGTT_END) return undefined;
  const { columns, device } = document.index;
  const first = pteOffsetOf(address);
  const written = lastWrite(columns, line, { space: Space.mmio, first, end: first + PTE_BYTES });
  if (written !== undefined) {
    const access = accessOn(columns, written);
    return `As a graphics address: its entry, last written on line ${written + 1}, ${access && entryText(document, access, address)}.`;
  }
  const constants = constantsOf(device);
  if (typeof constants === 'string') return undefined;
  const isOwn = constants.slices.some(([low, high]) => address >= low && address <= high);
  return isOwn
    ? 'As a graphics address: in the vGPU’s slice; no line above writes its entry.'
    : undefined;
}

/** As guest memory, where a line above shows what stands there. */
function memoryText(
  { index: { columns } }: TraceDocument,
  address: number,
  line: number,
): string | undefined {
  const page = address - (address % 4096);
  for (let above = line - 1; above >= 0; above--) {
    if (columns.kind[above] !== RecordKind.memory) continue;
    const offset = columns.offset[above] ?? 0;
    if (offset >= page && offset < page + 4096) {
      return `As guest memory: line ${above + 1} shows bytes of its page.`;
    }
  }
  return undefined;
}
