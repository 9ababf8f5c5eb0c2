import type { Terminal } from './terminal.ts';

/** Paints text for terminals that show colours; for all others text stays as it is. */
export interface Colours {
  good(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
}

export function coloursFor({ hasColours }: Terminal): Colours {
  const paint = (code: number) => (text: string) =>
    hasColours ? `\x1b[${code}m${text}\x1b[0m` : text;
  return { good: paint(32), bad: paint(31), dim: paint(2) };
}
