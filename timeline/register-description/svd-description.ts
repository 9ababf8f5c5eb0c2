import { XMLParser } from 'fast-xml-parser';
import type { RegisterField, RegisterInfo } from '../register-directory.ts';
import { DescriptionBuilder, type RegisterDescription } from './register-description.ts';
import { svdInstances } from './svd-instances.ts';
import { all, child, numberIn, type SvdNode, textIn } from './svd-node.ts';

/** Elements that may occur once or more often: lists in any case. */
const LISTS = new Set(['peripheral', 'register', 'cluster', 'field', 'enumeratedValue']);
const ACCESS: Readonly<Record<string, string>> = {
  'read-only': 'ro',
  'write-only': 'wo',
  writeOnce: 'wo',
  'read-writeOnce': 'rw',
  'read-write': 'rw',
};

/**
 * CMSIS-SVD (Arm's description of microcontrollers' registers, which other devices are described in, too). A
 * peripheral's base address is taken as an offset in the registers' BAR; registers of other sizes than 32 bits are
 * left out with a sentence. Not read: `dimArrayIndex`, `writeConstraint`, `readAction`.
 * @throws Error where it is no XML, or has no device
 */
export function parseSvdDescription(text: string): RegisterDescription {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    // No document needs entities of its own, and those can be made to grow without bounds.
    processEntities: false,
    isArray: (name) => LISTS.has(name),
  });
  const root: unknown = parser.parse(text);
  const device = child(root, 'device');
  if (device === undefined) throw new Error('it has no element <device>');
  const builder = new DescriptionBuilder();
  const peripherals = all(child(device, 'peripherals'), 'peripheral');
  for (const given of peripherals) {
    const peripheral = derived(given, peripherals, builder);
    const base = numberIn(peripheral, 'baseAddress') ?? 0;
    const name = textIn(peripheral, 'name') ?? 'registers';
    const group = { block: name, prefix: peripherals.length > 1 ? `${name}.` : '', base };
    addRegisters(child(peripheral, 'registers'), group, builder);
  }
  return builder.build(textIn(device, 'name'));
}

interface Group {
  readonly block: string;
  readonly prefix: string;
  readonly base: number;
}

/** Deeper than any device is described; a file that goes on is wrong. */
const DEEPEST = 8;

function addRegisters(
  parent: SvdNode | undefined,
  group: Group,
  builder: DescriptionBuilder,
  depth = 0,
): void {
  const registers = all(parent, 'register');
  for (const given of registers) {
    const register = derived(given, registers, builder);
    for (const { name, offset } of svdInstances(register, builder)) {
      builder.add(registerOf(register, `${group.prefix}${name}`, group.base + offset, group.block));
    }
  }
  if (depth >= DEEPEST) return;
  for (const cluster of all(parent, 'cluster')) {
    for (const { name, offset } of svdInstances(cluster, builder)) {
      const inner = { ...group, prefix: `${group.prefix}${name}.`, base: group.base + offset };
      addRegisters(cluster, inner, builder, depth + 1);
    }
  }
}

function registerOf(node: SvdNode, name: string, offset: number, block: string): RegisterInfo {
  const bits = numberIn(node, 'size') ?? 32;
  const description = textIn(node, 'description')?.replaceAll(/\s+/g, ' ');
  return {
    name,
    offset,
    size: bits / 8,
    fields: all(child(node, 'fields'), 'field').map(fieldOf),
    access: ACCESS[textIn(node, 'access') ?? ''] ?? 'rw',
    block,
    ...(description === undefined ? {} : { description }),
  };
}

/** Three ways to say which bits. */
function fieldOf(node: SvdNode): RegisterField {
  const [, high, low] = /^\[(\d+):(\d+)\]$/.exec(textIn(node, 'bitRange') ?? '') ?? [];
  const first = numberIn(node, 'bitOffset') ?? numberIn(node, 'lsb') ?? Number(low);
  const width = numberIn(node, 'bitWidth');
  const last =
    numberIn(node, 'msb') ??
    (width === undefined ? undefined : first + width - 1) ??
    Number(high ?? first);
  const values = all(child(node, 'enumeratedValues'), 'enumeratedValue').flatMap((each) => {
    const value = numberIn(each, 'value');
    return value === undefined ? [] : [[value, textIn(each, 'name') ?? ''] as const];
  });
  return {
    name: textIn(node, 'name') ?? '?',
    low: first,
    high: last,
    ...(values.length === 0 ? {} : { values: Object.fromEntries(values) }),
  };
}

/** What a node has of another by `derivedFrom`, and its own over that. */
function derived(
  node: SvdNode,
  siblings: readonly SvdNode[],
  builder: DescriptionBuilder,
): SvdNode {
  const from = node['@derivedFrom'];
  if (typeof from !== 'string') return node;
  const original = siblings.find((each) => textIn(each, 'name') === from);
  if (original !== undefined && original['@derivedFrom'] === undefined)
    return { ...original, ...node };
  builder.problem(
    `${textIn(node, 'name') ?? 'An element'} is derived from ${from}, which is not there.`,
  );
  return node;
}
