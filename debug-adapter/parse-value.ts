import type { TimelineSession, Value64 } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';

/** What a user typed as a new value: a number, or any expression. Throws `notChanged` where it has no value. */
export async function parseValue(session: TimelineSession, text: string): Promise<Value64> {
  const { value, text: shown } = await session.inspect({ kind: 'evaluate', expression: text });
  if (value?.known !== true) {
    throw new AdapterError('notChanged', `'${text}' has no value that is known here (${shown}).`);
  }
  return value;
}
