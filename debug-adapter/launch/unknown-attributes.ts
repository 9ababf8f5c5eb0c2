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
/** Letters of a name that are repeated. */
const MOST_SHOWN = 80;

/** Names in a launch configuration that nobody reads. */
export function unknownNames(given: object): readonly string[] {
  return namesBeside(given, LAUNCH).filter(
    (name) => !CLIENTS_OWN.has(name) && !name.startsWith('__'),
  );
}

/** A sentence for each attribute that is not known, in entries of "traces" too: most likely a typing mistake. */
export function unknownAttributes(given: object): readonly string[] {
  const own = unknownNames(given).map((name) => ({
    where: 'the launch configuration',
    name,
    rows: LAUNCH,
  }));
  const traces: unknown = Reflect.get(given, 'traces');
  const entries: readonly unknown[] = Array.isArray(traces) ? traces.slice(0, MOST_TOLD) : [];
  const inEntries = entries.flatMap((entry, index) =>
    typeof entry === 'object' && entry !== null
      ? namesBeside(entry, ENTRY).map((name) => ({
          where: `"traces"[${index}]`,
          name,
          rows: ENTRY,
        }))
      : [],
  );
  return [...own, ...inEntries]
    .slice(0, MOST_TOLD)
    .map(({ where, name, rows }) => sentence(where, name, Object.keys(rows)));
}

function namesBeside(given: object, rows: object): readonly string[] {
  return Object.keys(given).filter((name) => !Object.hasOwn(rows, name));
}

function sentence(where: string, name: string, known: readonly string[]): string {
  const shown = name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name;
  return `In ${where}, "${shown}" is no attribute of this debugger; it is not used.${didYouMean(name, known)}`;
}
