import {
  type AccessView,
  counted,
  type FieldView,
  type TimelineSession,
} from '../../timeline/index.ts';
import {
  formatField,
  formatNumber,
  formatRegister,
  formatValue,
  hex,
  type NumberFormat,
} from './format.ts';
import { bitsName, fieldTarget, registerRow } from './register-rows.ts';
import type { Row } from './row.ts';

/** What is said of a read whose recorded answer is not simply the model's. */
const COMPARISONS: Readonly<Record<NonNullable<AccessView['comparison']>, string>> = {
  equal: 'the model answers as recorded',
  volatile: 'depends on time: not compared',
  forced: 'taken from the recording',
  explained: 'differs for a known reason',
  different: 'the model answers otherwise than recorded',
  unknown: 'the model cannot know the answer',
};

/** The access that comes next, taken apart: the old value, the new one, and each field of them. */
export async function accessRows(
  session: TimelineSession,
  format: NumberFormat,
): Promise<readonly Row[]> {
  const access = await session.inspect({ kind: 'access' });
  if (access === undefined) {
    return [
      { name: 'access', value: 'none: the recording ends here, or goes on with what is no access' },
    ];
  }
  const size = counted(access.size, 'byte');
  const facts = [
    { name: 'access', value: `${access.direction} of ${size}, ${access.space}` },
    placeRow(session, access, format),
    ...valueRows(access),
  ];
  const circumstances = [
    { name: 'record', value: String(access.record), type: 'number of the record, from 0' },
    { name: 'line of file', value: String(access.line), type: 'in the recording itself' },
    { name: 'time', value: `${(access.timeNs / 1e9).toFixed(6)} s` },
  ];
  const taken = new Set([...facts, ...circumstances].map(({ name }) => name));
  const fields = fieldRows(access, format).map((row) =>
    taken.has(row.name) ? { ...row, name: `${row.name} (field)` } : row,
  );
  return [...facts, ...fields, ...circumstances];
}

function placeRow(session: TimelineSession, access: AccessView, format: NumberFormat): Row {
  const { register } = access;
  const place = `${access.space} ${hex(access.offset)}`;
  // Names of configuration registers and of places without a name of their own say it already.
  const named = access.name.startsWith(access.space) ? access.name : `${access.name} (${place})`;
  const row: Row = { name: 'at', value: named };
  if (register === undefined) return row;
  const { expression, target, memory, children } = registerRow(session, register, format);
  return {
    ...row,
    type: `now ${formatRegister(register, format)}`,
    ...(expression === undefined ? {} : { expression }),
    ...(target === undefined ? {} : { target }),
    ...(memory === undefined ? {} : { memory }),
    ...(children === undefined ? {} : { children }),
  };
}

/** In place of what an access will do. */
const UNFORESEEN = '(engines have too much to do first to look ahead)';

function valueRows(access: AccessView): readonly Row[] {
  const { size, value, before } = access;
  const after = access.unforeseen === true ? UNFORESEEN : formatValue(access.after, size);
  if (access.done === true) {
    return [
      { name: 'value', value: formatValue(value, size), type: 'the access has happened' },
      { name: 'now', value: formatValue(before, size) },
    ];
  }
  if (access.direction === 'write') {
    return [
      { name: 'value', value: formatValue(value, size), type: 'written' },
      { name: 'old → new', value: `${formatValue(before, size)} → ${after}` },
    ];
  }
  const rows: Row[] = [
    { name: 'value', value: formatValue(value, size), type: 'recorded answer' },
    { name: 'model', value: after, type: "the model's answer" },
  ];
  if (access.comparison !== undefined) {
    rows.push({ name: 'comparison', value: COMPARISONS[access.comparison] });
  }
  return rows;
}

function fieldRows(access: AccessView, format: NumberFormat): readonly Row[] {
  const { register } = access;
  return access.fields.map((field) => ({
    name: field.name,
    value: change(field, format),
    type: bitsName(field),
    ...(register === undefined ? {} : { target: fieldTarget(register, field, 'mmio') }),
  }));
}

/** `old → new` where they differ, in numbers: the old one's name would look like that of both. */
function change(field: FieldView, format: NumberFormat): string {
  if (field.next === undefined) return formatField(field, format);
  const [now, next] = [field.value, field.next].map((value) => formatNumber(field, format, value));
  return `${now} → ${next}`;
}
