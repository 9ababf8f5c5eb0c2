import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { AdapterError } from '../errors.ts';
import { formatMemoryReference } from '../memory-reference.ts';
import { inRanges } from './ranges.ts';
import type { Container, Row } from './row.ts';

export interface Page {
  readonly filter?: 'indexed' | 'named' | undefined;
  readonly start?: number | undefined;
  readonly count?: number | undefined;
}

/**
 * References that the client holds, and what opens when it asks for one. They are good until the recording moves;
 * numbers are never used again, so that an old one is noticed.
 */
export class VariableTable {
  readonly #containers = new Map<number, Container>();
  /** Of several guests, whose state a container shows. */
  readonly #guests = new Map<number, number>();
  #last = 0;

  clear(): void {
    this.#containers.clear();
    this.#guests.clear();
  }

  /** The container's reference. Without `paging`, many children are offered in ranges instead of pages. */
  add(container: Container, paging: boolean, guest?: number): number {
    this.#last++;
    if (guest !== undefined) this.#guests.set(this.#last, guest);
    this.#containers.set(this.#last, paging ? container : inRanges(container));
    return this.#last;
  }

  /** Throws `staleReference` for a number from before the last stop. */
  container(reference: number): Container {
    const container = this.#containers.get(reference);
    if (container === undefined) {
      throw new AdapterError(
        'staleReference',
        `The variables reference ${reference} is no longer valid: the recording has moved since it was given out.`,
      );
    }
    return container;
  }

  guestOf(reference: number): number | undefined {
    return this.#guests.get(reference);
  }

  /** `guest`: of several, whose it is; what hangs below it is, too. */
  toVariable(row: Row, paging: boolean, guest?: number): Dap.Variable {
    const variable: Dap.Variable = { name: row.name, value: row.value, variablesReference: 0 };
    if (row.type !== undefined) variable.type = row.type;
    if (row.expression !== undefined) variable.evaluateName = row.expression;
    if (row.memory !== undefined)
      variable.memoryReference = formatMemoryReference(row.memory, guest);
    const hint = presentationHint(row);
    if (hint !== undefined) variable.presentationHint = hint;
    if (row.children !== undefined) {
      variable.variablesReference = this.add(row.children, paging, guest);
      if (paging && row.children.indexed !== undefined) {
        variable.indexedVariables = row.children.indexed.count;
      }
    }
    return variable;
  }
}

/** The children that a page asks for. Throws `staleReference` as `container` does. */
export async function pageOf(container: Container, page: Page): Promise<readonly Row[]> {
  const rows: Row[] = [];
  if (page.filter !== 'indexed') rows.push(...((await container.rows?.()) ?? []));
  const { indexed } = container;
  if (indexed !== undefined && page.filter !== 'named') {
    const start = clamp(page.start ?? 0, indexed.count);
    const wanted = page.count === undefined || page.count === 0 ? indexed.count : page.count;
    rows.push(...(await indexed.rows(start, clamp(wanted, indexed.count - start))));
  }
  return rows;
}

/** The child with this name, named or numbered. */
export async function childNamed(container: Container, name: string): Promise<Row | undefined> {
  const named = (await container.rows?.())?.find((row) => row.name === name);
  if (named !== undefined) return named;
  const index = container.indexed?.indexOf(name);
  if (index === undefined) return undefined;
  return (await container.indexed?.rows(index, 1))?.[0];
}

function presentationHint(row: Row): Dap.VariablePresentationHint | undefined {
  if (row.lazy === true) return { lazy: true };
  const readOnly = row.settable !== true && row.assign === undefined;
  return readOnly ? { attributes: ['readOnly'] } : undefined;
}

function clamp(value: number, limit: number): number {
  return Math.max(0, Math.min(Math.floor(value), limit));
}
