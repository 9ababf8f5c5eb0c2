import type { Answer } from '../../emulator/index.ts';
import { isAccess, RecordKind, SPACE_NAMES, Space } from '../../trace/index.ts';
import { configRegisterAt } from '../config-registers.ts';
import type { AccessView, FieldView } from '../inspection.ts';
import { placeText } from '../listing/access-text.ts';
import {
  GGTT_OFFSET,
  hex,
  isInGgtt,
  PAGE_BYTES,
  PTE_BYTES,
  REGISTER_BYTES,
  type RegisterDirectory,
} from '../register-directory.ts';
import { compareRead } from '../replay/compare.ts';
import type { Playhead } from '../replay/playhead.ts';
import { ACCESS_SPACES } from '../replay/record-applier.ts';
import type { Value64 } from '../value64.ts';
import { entryFields, fieldViews, type RegisterViews } from './register-views.ts';

const UNKNOWN: Value64 = { low: 0, high: 0, known: false };

/**
 * The access that is about to happen, with what it will do; undefined where the record is none. What one will do that
 * comes later, behind others, is not known.
 */
export function accessView(
  playhead: Playhead,
  directory: RegisterDirectory,
  registers: RegisterViews,
  record = playhead.position,
): AccessView | undefined {
  const { store, device } = playhead;
  const isNext = record === playhead.position;
  if (record >= store.length || !isAccess(store.kind(record))) return undefined;
  const space = store.space(record);
  const name = ACCESS_SPACES[space];
  if (name === undefined) return undefined;
  const [offset, size] = [store.offset(record), store.size(record)];
  const look = () => (size >= 1 && size <= 8 ? device.peek(name, offset, size) : UNKNOWN);
  const before = look();
  const done = isNext && playhead.replayer.applied;
  const effect = isNext ? effectOf(playhead, look) : { after: UNKNOWN };
  const { after, comparison, unforeseen }: Effect = done ? { after: before } : effect;
  const direction = store.kind(record) === RecordKind.read ? 'read' : 'write';
  const known = store.valueKnown(record);
  const value = known ? { low: store.low(record), high: store.high(record), known } : UNKNOWN;
  const register = space === Space.mmio ? registers.at(offset) : undefined;
  const shown =
    direction === 'read' ? { from: known ? value : after } : { from: before, to: after };
  return {
    record,
    line: store.line(record),
    timeNs: store.timeNs(record),
    direction,
    space: SPACE_NAMES[space] ?? 'mmio',
    offset,
    size,
    value,
    before,
    after,
    name: nameOf(playhead, directory, record),
    ...(register === undefined ? {} : { register }),
    ...(comparison === undefined ? {} : { comparison }),
    ...(done ? { done } : {}),
    ...(unforeseen ? { unforeseen } : {}),
    fields: fieldsOf(playhead, directory, record, shown.from, shown.to),
  };
}

interface Effect {
  readonly after: Value64;
  readonly comparison?: AccessView['comparison'] | undefined;
  readonly unforeseen?: boolean;
}

/** What the device answers, or holds afterwards. */
function effectOf(playhead: Playhead, look: () => Answer): Effect {
  const { replayer, position } = playhead;
  let answered: Answer | undefined;
  let comparison: AccessView['comparison'];
  const after = playhead.preview((answer) => {
    answered = answer;
    ({ comparison } = compareRead(replayer, position, answer));
  }, look);
  if (after === undefined) return { after: UNKNOWN, unforeseen: true };
  return answered === undefined ? { after } : { after: answered, comparison };
}

/** As in the listing; an access through the aperture also says where it leads. */
function nameOf(
  { store, device }: Playhead,
  directory: RegisterDirectory,
  position: number,
): string {
  const place = placeText(store, position, directory);
  if (store.space(position) !== Space.aperture || directory.foreign) return place;
  const address = store.offset(position);
  const index = Math.floor(address / PAGE_BYTES);
  const entry = device.peek('mmio', GGTT_OFFSET + index * PTE_BYTES, PTE_BYTES);
  if (!entry.known || (entry.low & 1) === 0) return `${place} → nothing mapped`;
  const frame = ((entry.low & 0xfffff000) >>> 0) + (entry.high & 0x3fff) * 2 ** 32;
  return `${place} → ${hex(frame + (address % PAGE_BYTES))}`;
}

function fieldsOf(
  { store, device }: Playhead,
  directory: RegisterDirectory,
  position: number,
  from: Value64,
  to: Value64 | undefined,
): readonly FieldView[] {
  const offset = store.offset(position);
  if (!from.known) return [];
  if (store.space(position) === Space.config) {
    const info = configRegisterAt(offset, directory);
    return info?.offset === offset ? fieldViews(info.fields, from.low, to?.low) : [];
  }
  if (store.space(position) !== Space.mmio) return [];
  if (isInGgtt(offset, directory))
    return entryFieldsOf(device, offset, store.size(position), from, to);
  const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
  // Fields are positions in whole dwords; of a part of one they would be guesses.
  if (info === undefined || offset % 4 !== 0 || store.size(position) < 4) return [];
  return fieldViews(info.fields, from.low, to?.low);
}

/** An entry is decoded as a whole, though its halves are written one by one. */
function entryFieldsOf(
  device: Playhead['device'],
  offset: number,
  size: number,
  from: Value64,
  to: Value64 | undefined,
): readonly FieldView[] {
  if (size === 8) return entryFields(from, to);
  const whole = device.peek('mmio', offset - (offset % PTE_BYTES), PTE_BYTES);
  if (!whole.known) return [];
  const merged = (half: Value64) =>
    offset % PTE_BYTES === 0 ? { ...whole, low: half.low } : { ...whole, high: half.low };
  return entryFields(merged(from), to === undefined ? undefined : merged(to));
}
