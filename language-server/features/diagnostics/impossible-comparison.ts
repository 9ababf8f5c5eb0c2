import { hex } from '../../../timeline/index.ts';
import { Space } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import type { Access } from '../../index/access.ts';
import { type ExpectationPart, expectationParts } from '../expectation-parts.ts';
import { accessFindings } from './access-rules.ts';
import type { DeviceConstants } from './device-constants.ts';
import { deviceFindings } from './device-rules.ts';
import type { Finding, Fix } from './finding.ts';

/** A number that a register or field is compared with, right behind it. */
const COMPARED = /^\s*==\s*(0[xX][0-9a-fA-F_]+|[0-9][0-9_]*)(?![\w.])/;

/** Comparisons in an expectation that are never true: a number that a field has no room for, or that no read answers. */
export function impossibleComparisons(
  document: TraceDocument,
  line: number,
  constants: DeviceConstants | undefined,
): readonly Finding[] {
  const text = document.line(line);
  return expectationParts(document, line).flatMap((part) => {
    const written = COMPARED.exec(text.slice(part.end));
    const [all = '', number = ''] = written ?? [];
    if (written === null || part.kind !== 'register') return [];
    const end = part.end + all.length;
    const columns = [end - number.length, end] as const;
    const value = Number(number.replaceAll('_', ''));
    // What has been rounded says nothing: 0xffffffffffffffff would not fit into 64 bits.
    if (!Number.isSafeInteger(value)) return [];
    return never(document, line, part, value, constants).map((finding): Finding => {
      const fixes = finding.fixes?.map((fix): Fix => ({ ...fix, part: 'columns', columns }));
      return { ...finding, part: 'line', columns, ...(fixes === undefined ? {} : { fixes }) };
    });
  });
}

function never(
  document: TraceDocument,
  line: number,
  { info, field, place }: Extract<ExpectationPart, { kind: 'register' }>,
  value: number,
  constants: DeviceConstants | undefined,
): readonly Finding[] {
  const bits = field === undefined ? (place.end - place.first) * 8 : field.high - field.low + 1;
  if (value >= 2 ** bits) {
    const name = field === undefined ? info.name : `${info.name}.${field.name}`;
    const room = bits === 1 ? '1 bit' : `${bits} bits`;
    const message = `${name} has ${room}: it is never ${hex(value)}.`;
    return [{ code: 'impossible', severity: 'warning', message, part: 'value' }];
  }
  if (field !== undefined || bits !== 32) return [];
  const asked: Access = {
    line,
    isWrite: false,
    byCommand: false,
    space: Space.mmio,
    offset: place.first,
    size: 4,
    low: value,
    high: 0,
    valueKnown: true,
  };
  const found = [
    ...accessFindings(asked, document.index.tables),
    ...(constants === undefined ? [] : deviceFindings(asked, constants)),
  ];
  return found.filter(({ code }) => code === 'impossible');
}
