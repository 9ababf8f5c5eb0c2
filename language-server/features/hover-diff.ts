import { fieldText, fieldValue, REGISTER_BYTES } from '../../timeline/index.ts';
import type { TraceDocument } from '../document.ts';
import type { Word } from '../lines/word.ts';
import { paragraphs, plain, table } from './markdown.ts';
import { registerText } from './register-text.ts';

/** A row of GVT-g's `mmio_diff`: the register's fields on the host's GPU and in the vGPU, those that differ in bold. */
export function differenceHover(
  document: TraceDocument,
  line: number,
  words: readonly Word[],
): string | undefined {
  const { columns, tables } = document.index;
  const offset = columns.offset[line] ?? 0;
  const [host, vgpu] = words
    .filter(({ role }) => role === 'value')
    .map(({ text }) => Number.parseInt(text, 16));
  const info = offset < REGISTER_BYTES ? tables.directory.at(offset) : undefined;
  if (info === undefined || host === undefined || vgpu === undefined) return undefined;
  const rows = info.fields.map((field) => {
    const values = [host, vgpu].map((value) => plain(fieldText(field, fieldValue(field, value))));
    const [here, there] = values;
    const bits = field.low === field.high ? `${field.low}` : `${field.high}:${field.low}`;
    const shown = here === there ? values : values.map((text) => `**${text}**`);
    return [plain(field.name), bits, ...shown];
  });
  return paragraphs(
    registerText(info, offset),
    rows.length === 0 ? undefined : table(['field', 'bits', 'HW', 'vGPU'], rows),
  );
}
