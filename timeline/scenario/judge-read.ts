import type { Answer } from '../../emulator/index.ts';
import { Space, type TraceStore } from '../../trace/index.ts';
import { placeText, valueText } from '../listing/access-text.ts';
import { hex, type RegisterDirectory } from '../register-directory.ts';
import type { Judgement } from './scenario-result.ts';

/** Whether a read answers exactly what the line says. */
export function judgeRead(
  store: TraceStore,
  record: number,
  answer: Answer,
  directory: RegisterDirectory,
): Judgement {
  const passed =
    answer.known && answer.low === store.low(record) && answer.high === store.high(record);
  const place = readText(store, record, directory);
  const expected = `${place} = ${valueText(store, record)}`;
  if (passed) return { passed, expected, actual: expected };
  const actual = `${place} = ${answer.known ? answerText(answer, store.size(record)) : '?'}`;
  const detail = answer.known
    ? fieldsText(store, record, answer, directory)
    : 'the answer depends on memory that nothing has shown';
  return { passed, expected, actual, ...(detail === '' ? {} : { detail }) };
}

/** `R32 RCS0.RING_TAIL`, `AR32 0x04000000`. */
function readText(store: TraceStore, record: number, directory: RegisterDirectory): string {
  const space = store.space(record);
  const letter = LETTERS[space] ?? '';
  const place =
    space === Space.mmio ? placeText(store, record, directory) : hex(store.offset(record), 2);
  return `${letter}R${store.size(record) * 8} ${place}`;
}

const LETTERS: Partial<Record<Space, string>> = {
  [Space.aperture]: 'A',
  [Space.config]: 'C',
  [Space.io]: 'I',
};

function answerText({ low, high }: Answer, size: number): string {
  return size <= 4 ? hex(low, size * 2) : `${hex(high, 8)}${hex(low, 8).slice(2)}`;
}

/** `enable: 0 instead of 1`: the fields in which a register's value differs. */
function fieldsText(
  store: TraceStore,
  record: number,
  { low }: Answer,
  directory: RegisterDirectory,
): string {
  const offset = store.offset(record);
  if (store.space(record) !== Space.mmio || offset % 4 !== 0) return '';
  const fields = directory.at(offset)?.fields ?? [];
  const parts = fields.flatMap((field) => {
    const width = field.high - field.low + 1;
    const bits = (value: number) => Math.floor(value / 2 ** field.low) % 2 ** width;
    const [wanted, got] = [bits(store.low(record)), bits(low)];
    return wanted === got ? [] : [`${field.name}: ${hex(got)} instead of ${hex(wanted)}`];
  });
  return parts.join(', ');
}
