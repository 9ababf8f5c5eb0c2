import { stat } from 'node:fs/promises';

/** Whether two paths lead to one file, whatever they look like. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map(fileAt));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

function fileAt(path: string) {
  return stat(path, { bigint: true }).catch(() => undefined);
}
