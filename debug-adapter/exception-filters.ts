import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { CHECKS, type CheckGroup, type CheckRow, checkLabel, checkRow } from '../emulator/index.ts';

/** Stands for all checks. */
export const ANY_FAULT = 'any-fault';

/**
 * `each`: one filter for each check. `groups`: a few that stand for them, where a client shows filters in a list above
 * the user's own breakpoints, as VS Code does.
 */
export const FILTER_STYLES = ['each', 'groups'] as const;
export type FilterStyle = (typeof FILTER_STYLES)[number];

interface FilterGroup {
  readonly filter: string;
  readonly label: string;
  readonly groups: readonly CheckGroup[];
}

/**
 * Without a condition a group stands for those of its checks that are on by default; with one, for all of them. The
 * model's limits are in none: only "Any fault" has them.
 */
export const FILTER_GROUPS: readonly FilterGroup[] = [
  { filter: 'faults-registers', label: 'Faults: registers, PCI', groups: ['register', 'config'] },
  { filter: 'faults-memory', label: 'Faults: GGTT, page tables', groups: ['ggtt', 'ppgtt'] },
  {
    filter: 'faults-work',
    label: 'Faults: commands, failsafe',
    groups: ['submission', 'command', 'failsafe'],
  },
  {
    filter: 'faults-events',
    label: 'Faults: interrupts, display',
    groups: ['interrupt', 'display'],
  },
];

const NAMES = 'value, address, register == "RCS0.RING_MODE", engine == "RCS0", registers';

const ANY: Dap.ExceptionBreakpointsFilter = {
  filter: ANY_FAULT,
  label: 'Any fault',
  description: 'Stops before each event that any check finds fault with, routine ones too',
  default: false,
  supportsCondition: true,
  conditionDescription: `Stops where this is true: check == "elsp-full", ${NAMES}`,
};

/** What is on is what correct guests do not do. */
export function exceptionFilters(style: FilterStyle): Dap.ExceptionBreakpointsFilter[] {
  return [ANY, ...(style === 'each' ? CHECKS.map(filterOf) : FILTER_GROUPS.map(groupFilterOf))];
}

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

function groupFilterOf({ filter, label, groups }: FilterGroup): Dap.ExceptionBreakpointsFilter {
  const rows = rowsOf(groups);
  const [first] = rows;
  return {
    filter,
    label,
    description: rows
      .map((row) => `${row.id}${row.on ? '' : ' (with a condition only)'}`)
      .join(', '),
    default: rows.some(({ on }) => on),
    supportsCondition: true,
    conditionDescription: `Stops where this is true: check == "${first?.id}", ${NAMES}`,
  };
}

/** The checks that a filter stands for. One that there is not stands for itself, so that it can be refused by name. */
export function checksOf(filter: string, hasCondition = false): readonly string[] {
  if (filter === ANY_FAULT) return CHECKS.map(({ id }) => id);
  const group = FILTER_GROUPS.find((each) => each.filter === filter);
  if (group === undefined) return [checkRow(filter)?.id ?? filter];
  const rows = rowsOf(group.groups).filter(({ on }) => on || hasCondition);
  return rows.map(({ id }) => id);
}

function rowsOf(groups: readonly CheckGroup[]): readonly CheckRow[] {
  return CHECKS.filter(({ group }) => groups.includes(group));
}
