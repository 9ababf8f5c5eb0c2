import { AdapterError } from './errors.ts';

type Kind = 'string' | 'number' | 'object' | 'array';

/** Arguments without which a request means nothing. A client that leaves them out gets a sentence, not a crash. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  launch: { trace: 'string' },
  scopes: { frameId: 'number' },
  variables: { variablesReference: 'number' },
  setVariable: { variablesReference: 'number', name: 'string', value: 'string' },
  evaluate: { expression: 'string' },
  setExpression: { expression: 'string', value: 'string' },
  completions: { text: 'string', column: 'number' },
  readMemory: { memoryReference: 'string', count: 'number' },
  writeMemory: { memoryReference: 'string', data: 'string' },
  setBreakpoints: { source: 'object' },
  setFunctionBreakpoints: { breakpoints: 'array' },
  setDataBreakpoints: { breakpoints: 'array' },
  dataBreakpointInfo: { name: 'string' },
  breakpointLocations: { source: 'object', line: 'number' },
  gotoTargets: { source: 'object', line: 'number' },
  goto: { targetId: 'number' },
  source: { sourceReference: 'number' },
};

/** The arguments as an object. Throws `badArguments` where one is missing or of the wrong kind. */
export function checkArguments(command: string, given: unknown): object {
  const args = given ?? {};
  if (typeof args !== 'object') {
    throw new AdapterError('badArguments', `The arguments of '${command}' must be an object.`);
  }
  const rows = Object.hasOwn(REQUIRED, command) ? REQUIRED[command] : undefined;
  for (const [name, kind] of Object.entries(rows ?? {})) {
    const value: unknown = Reflect.get(args, name);
    if (!isKind(value, kind)) throw missing(command, name, kind, value);
  }
  return args;
}

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'number') return Number.isFinite(value);
  return typeof value === kind && value !== null;
}

function missing(command: string, name: string, kind: Kind, value: unknown): AdapterError {
  const what = `The request '${command}' needs the argument '${name}' (${kind})`;
  const got = value === undefined ? 'it is missing' : `got ${JSON.stringify(value)}`;
  if (command === 'launch') {
    return new AdapterError(
      'badLaunch',
      `The launch configuration needs "trace", the path of a recording (${got}).`,
    );
  }
  return new AdapterError('badArguments', `${what}: ${got}.`);
}
