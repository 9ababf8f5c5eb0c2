import { type AttributeKind, bad, show } from './attribute-kinds.ts';

/** What people are told of an attribute. */
export interface AttributeFacts {
  /** What it is for; sentences. */
  readonly meaning: string;
  /** A sentence for each choice, where there are some. */
  readonly choices?: readonly string[];
  /** What an editor proposes; not what holds where the attribute is absent. */
  readonly example?: string;
  /** It names a file. */
  readonly isFile?: true;
  /** What VS Code's side gives the adapter where launch.json has nothing. */
  readonly inVsCode?: unknown;
}

/** An attribute of a launch configuration: everything that is known of it, and how it is read. */
export interface AttributeRow<T> {
  readonly name: string;
  readonly kind: AttributeKind<unknown>;
  /** What holds where it is absent; undefined where that depends, or is nothing. */
  readonly standard: unknown;
  readonly facts: AttributeFacts;
  /** Throws `badLaunch` where the value is of another kind. `null` is taken as absent, as other requests take it. */
  readonly read: (given: object) => T;
}

export function row<T>(
  name: string,
  kind: AttributeKind<T>,
  facts: AttributeFacts,
): AttributeRow<T | undefined> {
  return { name, kind, standard: undefined, facts, read: (given) => valueIn(given, name, kind) };
}

/** A row of an attribute that always has a value. */
export function rowWith<T>(
  name: string,
  kind: AttributeKind<T>,
  standard: NoInfer<T>,
  facts: AttributeFacts,
): AttributeRow<T> {
  return { name, kind, standard, facts, read: (given) => valueIn(given, name, kind) ?? standard };
}

function valueIn<T>(given: object, name: string, kind: AttributeKind<T>): T | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined || value === null) return undefined;
  const read = kind.read(value);
  if (read === undefined) throw bad(`"${name}" must be ${kind.must}, not ${show(value)}`);
  return read;
}
