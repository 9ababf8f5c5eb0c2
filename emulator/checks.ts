import { CHECK_GROUPS, CHECKS, type CheckForm, type CheckGroup } from './check-rows.ts';
import type { Evidence } from './evidence.ts';

export { CHECK_GROUPS, CHECKS, type CheckGroup };

export type CheckId = (typeof CHECKS)[number]['id'];

type RowOf<C extends CheckId> = Extract<(typeof CHECKS)[number], { readonly id: C }>;

/** What a fault of a check must give, by its row; it may give more. */
export type EvidenceOf<C extends CheckId> = Evidence &
  Required<Pick<Evidence, RowOf<C>['shows'][number]>>;

export interface CheckRow extends CheckForm {
  readonly id: CheckId;
}

const BY_ID: ReadonlyMap<string, CheckRow> = new Map(CHECKS.map((row) => [row.id, row]));

/** Undefined where no check has this id. */
export function checkRow(id: string): CheckRow | undefined {
  return BY_ID.get(id);
}

/** `GGTT: read outside the slice`. */
export function checkLabel({ group, label }: CheckRow): string {
  return `${CHECK_GROUPS[group]}: ${label}`;
}
