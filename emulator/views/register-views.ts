import type { Core } from '../core.ts';
import { fieldMask, type RegisterDescriptor } from '../mmio/register-map.ts';
import type { FieldRow } from '../mmio/register-row.ts';
import { capabilitiesOf, configRows } from '../pci/capabilities.ts';
import { configValue } from '../pci/config-bytes.ts';
import type { FieldValue, RegisterValue } from './view-types.ts';

/** All dwords of a block, an engine's name or a block's title; empty where there is no such block. */
export function registerViews(core: Core, block: string): RegisterValue[] {
  const views: RegisterValue[] = [];
  for (const descriptor of core.registers.map.descriptors) {
    if (descriptor?.block !== block) continue;
    for (let index = 0; index < descriptor.count; index++) {
      views.push(registerView(core, descriptor, index));
    }
  }
  return views;
}

/** Dword `index` of a register. */
export function registerView(
  core: Core,
  descriptor: RegisterDescriptor,
  index: number,
): RegisterValue {
  const { row } = descriptor;
  const offset = descriptor.offset + index * 4;
  const value = core.registers.get(offset);
  return {
    name: descriptor.count === 1 ? descriptor.name : `${descriptor.name}[${index}]`,
    offset,
    size: 4,
    value: { low: value, high: 0, known: true },
    access: row.access ?? 'rw',
    fields: fieldValues(row.fields ?? [], value),
    ...(row.description === undefined ? {} : { description: row.description }),
  };
}

/** Configuration space, register by register. */
export function configViews(core: Core): RegisterValue[] {
  return configRows(capabilitiesOf(core.config)).map((row) => {
    const value = configValue(core, row.offset, row.size);
    return {
      name: row.name,
      offset: row.offset,
      size: row.size,
      value: { low: value, high: 0, known: true },
      access: row.offset >= 0x40 || row.writable !== undefined ? 'rw' : 'ro',
      fields: fieldValues(row.fields ?? [], value),
    };
  });
}

/** The fields of a 32-bit value. */
export function fieldValues(fields: readonly FieldRow[], value: number): FieldValue[] {
  return fields.map((field) => {
    const bits = (value & fieldMask(field.low, field.high)) >>> field.low;
    const meaning = field.values?.[bits];
    const base = { name: field.name, low: field.low, high: field.high, value: bits };
    return meaning === undefined ? base : { ...base, meaning };
  });
}
