import type { DescriptionBuilder } from './register-description.ts';
import { numberIn, type SvdNode, textIn } from './svd-node.ts';

export interface SvdInstance {
  readonly name: string;
  /** From the parent's base. */
  readonly offset: number;
}

const MOST_INSTANCES = 4096;

/** A register or cluster stands for several where it has `dim`: `GPIO%s` or `GPIO[%s]`, `dimIncrement` bytes apart. */
export function svdInstances(node: SvdNode, builder: DescriptionBuilder): readonly SvdInstance[] {
  const pattern = textIn(node, 'name') ?? '';
  const offset = numberIn(node, 'addressOffset') ?? Number.NaN;
  const count = numberIn(node, 'dim');
  if (count === undefined) return [{ name: pattern, offset }];
  if (count > MOST_INSTANCES) {
    builder.problem(`${pattern}: ${count} of one kind are too many.`);
    return [];
  }
  const step = numberIn(node, 'dimIncrement') ?? 4;
  const indexes = indexesOf(textIn(node, 'dimIndex'), count);
  return Array.from({ length: count }, (_, n) => ({
    name: pattern.replace('[%s]', `_${n}`).replace('%s', indexes[n] ?? String(n)),
    offset: offset + n * step,
  }));
}

/** `A,B,C`, `3-6`; else counted from 0. */
function indexesOf(text: string | undefined, count: number): readonly string[] {
  const [, first] = /^(\d+)-(\d+)$/.exec(text ?? '') ?? [];
  if (first !== undefined)
    return Array.from({ length: count }, (_, n) => String(Number(first) + n));
  return text?.split(',').map((each) => each.trim()) ?? [];
}
