import { split } from '../expression/context.ts';
import { compileExpression } from '../expression/expression.ts';
import { mergeInto, type Reference, readReference, valueProblem } from '../expression/reference.ts';
import { hex, type RegisterDirectory } from '../register-directory.ts';
import type { MemoryChange } from '../replay/edits.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { PokeTarget } from '../session.ts';
import type { Value64 } from '../value64.ts';
import { expressionText } from './evaluate-view.ts';
import { contextHere } from './present-context.ts';

/**
 * Changes state here and now, and returns what then stands there. Throws an Error with a sentence where that
 * cannot be.
 */
export function poke(
  playhead: Playhead,
  directory: RegisterDirectory,
  target: PokeTarget,
  value: Value64,
  guest?: number,
): Value64 {
  const { device } = playhead;
  device.lookAs?.(guest);
  try {
    return pokeNow(playhead, directory, target, value, guest);
  } finally {
    device.lookAs?.(undefined);
  }
}

function pokeNow(
  playhead: Playhead,
  directory: RegisterDirectory,
  target: PokeTarget,
  value: Value64,
  guest: number | undefined,
): Value64 {
  const whose = guest === undefined ? {} : { guest };
  if (target.kind === 'expression') {
    return pokeExpression(playhead, directory, target.expression, value, whose);
  }
  const { space, address, size } = target;
  change(playhead, { space, address, size, low: value.low, high: value.high, ...whose });
  return playhead.device.peek(space, address, size);
}

function pokeExpression(
  playhead: Playhead,
  directory: RegisterDirectory,
  expression: string,
  value: Value64,
  whose: Pick<MemoryChange, 'guest'>,
): Value64 {
  const reference = placeOf(playhead, directory, expression);
  const { name, space, address, size } = reference;
  const problem = valueProblem(reference, value);
  if (problem !== undefined) throw new Error(problem);
  const previous = playhead.device.peek(space, address, size);
  if (!previous.known && reference.bits !== undefined) {
    throw new Error(`${name} is a part of something unknown: set the whole first.`);
  }
  const whole = mergeInto(reference, previous, value);
  change(playhead, { space, address, size, low: whole.low, high: whole.high, ...whose });
  const now = readReference(reference, contextHere(playhead, undefined));
  return now.kind === 'number' ? split(now.value) : { low: 0, high: 0, known: false };
}

function placeOf(playhead: Playhead, directory: RegisterDirectory, expression: string): Reference {
  const compiled = compileExpression(expression, directory);
  if (!compiled.ok) throw new Error(expressionText(compiled));
  const reference = compiled.reference(contextHere(playhead, undefined));
  if (reference === undefined) {
    throw new Error(`${expression} is no register, field or memory: it cannot be set.`);
  }
  if ('kind' in reference) throw new Error(`${expression} is unknown: ${reference.why}.`);
  return reference;
}

function change(playhead: Playhead, edit: MemoryChange): void {
  if (playhead.edit(edit)) return;
  throw new Error(
    `There is nothing that could be changed at ${edit.space} ${hex(edit.address)} now.`,
  );
}
