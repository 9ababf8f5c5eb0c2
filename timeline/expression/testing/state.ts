import type { AccessFacts, EvaluationContext, PeekSpace } from '../context.ts';
import { split } from '../context.ts';

/** A state in which only what is listed is known: `mmio 2030` → value of the four (entries: eight) bytes there. */
export function stateOf(
  known: Readonly<Record<string, bigint>>,
  access?: AccessFacts,
): EvaluationContext & { readonly logs: string[] } {
  const logs: string[] = [];
  return {
    logs,
    access,
    record: 12,
    timeNs: 5_000_000,
    peek: (space: PeekSpace, address: number, size: number) => {
      const value = known[`${space} ${address.toString(16)}`];
      if (value === undefined) return { low: 0, high: 0, known: false };
      return split(BigInt.asUintN(size * 8, value));
    },
    log: (text) => logs.push(text),
  };
}
