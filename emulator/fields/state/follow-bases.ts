import type { FieldValue } from '../decode-group.ts';
import { addressOf } from '../value-text.ts';
import { fieldNamed, lowOf, type StateBases } from './state-context.ts';

/** STATE_BASE_ADDRESS changes those bases whose Modify Enable is set. */
export function setBases(bases: StateBases, fields: readonly FieldValue[]): void {
  bases.surface = changed(fields, 'Surface State', bases.surface);
  bases.dynamic = changed(fields, 'Dynamic State', bases.dynamic);
  bases.instruction = changed(fields, 'Instruction', bases.instruction);
}

function changed(fields: readonly FieldValue[], name: string, before: number): number {
  const address = fieldNamed(fields, `${name} Base Address`);
  const isChanged = lowOf(fields, `${name} Base Address Modify Enable`) !== 0;
  return isChanged && address !== undefined ? addressOf(address) : before;
}

/** 3DSTATE_BINDING_TABLE_POOL_ALLOC. */
export function setBindingTablePool(bases: StateBases, fields: readonly FieldValue[]): void {
  const address = fieldNamed(fields, 'Binding Table Pool Base Address');
  const isEnabled = lowOf(fields, 'Binding Table Pool Enable') !== 0;
  bases.bindingTables = isEnabled && address !== undefined ? addressOf(address) : 0;
}
