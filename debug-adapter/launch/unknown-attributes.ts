import { didYouMean } from '../../timeline/index.ts';
import { LAUNCH } from './launch-table.ts';
import { ENTRY } from './traces-attribute.ts';

/**
 * What clients put into launch configurations for themselves, or for DAP: VS Code's attributes of every debugger
 * (launch.json, `DebugSessionOptions`), Theia's, Zed's and dap-mode's. Names that begin with two underscores are theirs too.
 */
const CLIENTS_OWN: ReadonlySet<string> = new Set(
  `name type request noDebug presentation preLaunchTask postDebugTask internalConsoleOptions
  debugServer debugAdapterHostname serverReadyAction windows osx linux restart folder parentSessionId
  suppressMultipleSessionWarning suppressMultipleSessionView suppressSaveBeforeStart
  suppressDebugToolbar suppressDebugStatusbar suppressDebugView lifecycleManagedByParent consoleMode
  compact openDebug adapter label build tcp_connection cwd host hostName port`.split(/\s+/),
);

/** Sentences; a configuration for another debugger would have many. */
const MOST_TOLD = 10;

/** Names in a launch configuration that nobody reads. */
export function unknownNames(given: object): readonly string[] {
  return namesBeside(given, LAUNCH).filter(
    (name) => !CLIENTS_OWN.has(name) && !name.startsWith('__'),
  );
}

/** A sentence for each attribute that is not known, in entries of "traces" too: most likely a typing mistake. */
export function unknownAttributes(given: object): readonly string[] {
  const own = unknownNames(given).map((name) =>
    sentence('the launch configuration', name, Object.keys(LAUNCH)),
  );
  const traces: unknown = Reflect.get(given, 'traces');
  const entries: readonly unknown[] = Array.isArray(traces) ? traces : [];
  const inEntries = entries.flatMap((entry, index) =>
    typeof entry === 'object' && entry !== null
      ? namesBeside(entry, ENTRY).map((name) =>
          sentence(`"traces"[${index}]`, name, Object.keys(ENTRY)),
        )
      : [],
  );
  return [...own, ...inEntries].slice(0, MOST_TOLD);
}

function namesBeside(given: object, rows: object): readonly string[] {
  return Object.keys(given).filter((name) => !Object.hasOwn(rows, name));
}

function sentence(where: string, name: string, known: readonly string[]): string {
  return `In ${where}, "${name}" is no attribute of this debugger; it is not used.${didYouMean(name, known)}`;
}
