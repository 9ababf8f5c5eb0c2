import type {
  EvaluateView,
  MemorySpace,
  PokeTarget,
  TimelineSession,
  Value64,
} from '../timeline/index.ts';
import { AdapterError, type ErrorKind } from './errors.ts';

/** What an expression is worth now. Throws `evaluation` with the timeline's sentence about what is wrong in it. */
export async function evaluateExpression(
  session: TimelineSession,
  expression: string,
): Promise<EvaluateView> {
  if (expression.trim() === '') {
    throw new AdapterError('evaluation', 'There is nothing to evaluate.');
  }
  return await asKind('evaluation', () => session.inspect({ kind: 'evaluate', expression }));
}

/** A value that is known. Throws `evaluation` also where it is not. */
export async function knownValue(session: TimelineSession, expression: string): Promise<Value64> {
  const { value, text } = await evaluateExpression(session, expression);
  if (value?.known !== true) {
    throw new AdapterError(
      'evaluation',
      `'${expression}' has no value that is known here (${text}).`,
    );
  }
  return value;
}

/** A known value as an address of up to 48 bits. */
export async function knownAddress(session: TimelineSession, expression: string): Promise<number> {
  const { low, high } = await knownValue(session, expression);
  return high * 2 ** 32 + low;
}

/** Changes what an expression names to a typed value, which may be an expression too. Throws `notChanged`. */
export async function assign(
  session: TimelineSession,
  expression: string,
  text: string,
): Promise<void> {
  const value = await knownValue(session, text);
  await poke(session, { kind: 'expression', expression }, value);
}

export async function pokeMemory(
  session: TimelineSession,
  place: { readonly space: MemorySpace; readonly address: number; readonly size: number },
  low: number,
): Promise<void> {
  await poke(session, { kind: 'memory', ...place }, { low, high: 0, known: true });
}

/** Writes a control file of the host. Throws `notChanged` where that has no effect. */
export async function writeHostFile(
  session: TimelineSession,
  path: string,
  text: string,
): Promise<void> {
  await asKind('notChanged', () => session.writeHostFile(path, text));
}

async function poke(session: TimelineSession, target: PokeTarget, value: Value64): Promise<void> {
  await asKind('notChanged', () => session.poke(target, value));
}

/** The timeline says what is wrong in a plain Error, meant for the user. */
async function asKind<T>(kind: ErrorKind, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // A TypeError or RangeError is a mistake in the program, not in what was typed.
    if (error instanceof Error && error.constructor === Error) {
      throw new AdapterError(kind, error.message);
    }
    throw error;
  }
}
