import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Element, parseXml } from './xml.ts';

/** Instructions, structures, registers and enumerations of a generation, by `tag name`. */
export type Groups = ReadonlyMap<string, Element>;

const KINDS: ReadonlySet<string> = new Set(['instruction', 'struct', 'register', 'enum']);

/**
 * What the files say wrongly: an array's first element, by `generation group`. MI_LOAD_REGISTER_IMM of Gen8 repeats its
 * operands from dword 0 on there, although the first pair has fields of its own (dwords 1 and 2).
 */
const FIRST_ELEMENTS: ReadonlyMap<string, string> = new Map([['8 MI_LOAD_REGISTER_IMM', '96']]);

/** A genxml file with what it imports from others beside it: its own groups stand before imported ones of that name. */
export function readGroups(file: string): Groups {
  return groupsOf(file, (name) => readGroups(path.join(path.dirname(file), name)));
}

function groupsOf(file: string, imported: (name: string) => Groups): Groups {
  return mergeGroups(parseXml(readFileSync(file, 'utf8')), imported);
}

/** @throws for an import without a name */
export function mergeGroups(root: Element, imported: (name: string) => Groups): Groups {
  const groups = new Map<string, Element>();
  for (const { tag, attributes, children } of root.children) {
    if (tag !== 'import') continue;
    const name = attributes.get('name');
    if (name === undefined) throw new Error('An import says not of which file.');
    const excluded = new Set(children.map((child) => child.attributes.get('name')));
    for (const [key, group] of imported(name)) {
      if (!excluded.has(group.attributes.get('name'))) groups.set(key, group);
    }
  }
  for (const group of root.children) {
    if (!KINDS.has(group.tag)) continue;
    const name = group.attributes.get('name');
    const first = FIRST_ELEMENTS.get(`${root.attributes.get('gen')} ${name}`);
    groups.set(`${group.tag} ${name}`, first === undefined ? group : repaired(group, first));
  }
  return groups;
}

function repaired(group: Element, start: string): Element {
  const children = group.children.map((child) =>
    child.tag === 'group'
      ? { ...child, attributes: new Map([...child.attributes, ['start', start]]) }
      : child,
  );
  return { ...group, children };
}
