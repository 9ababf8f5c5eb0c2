import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { CHECKS, type CheckRow, checkLabel, checkRow } from '../emulator/index.ts';

/** Stands for all checks. */
export const ANY_FAULT = 'any-fault';

const NAMES = 'value, address, register == "RCS0.RING_MODE", engine == "RCS0", registers';

/** One filter for each check, group by group; what is on is what correct guests do not do. */
export const EXCEPTION_FILTERS: readonly Dap.ExceptionBreakpointsFilter[] = [
  {
    filter: ANY_FAULT,
    label: 'Any fault',
    description: 'Stops before each event that any check finds fault with, routine ones too',
    default: false,
    supportsCondition: true,
    conditionDescription: `Stops where this is true: check == "elsp-full", ${NAMES}`,
  },
  ...CHECKS.map(filterOf),
];

function filterOf(row: CheckRow): Dap.ExceptionBreakpointsFilter {
  return {
    filter: row.id,
    label: checkLabel(row),
    description: `${row.title} (${row.id}; ${row.source})`,
    default: row.on,
    supportsCondition: true,
    conditionDescription: `Stops where this is true: ${NAMES}`,
  };
}

/** The checks that a filter stands for. One that there is not stands for itself, so that it can be refused by name. */
export function checksOf(filter: string): readonly string[] {
  if (filter === ANY_FAULT) return CHECKS.map(({ id }) => id);
  return [checkRow(filter)?.id ?? filter];
}
