import { AdapterError } from './errors.ts';

type Kind = 'string' | 'number' | 'whole number' | 'object' | 'array';
type Kinds = Readonly<Record<string, Kind>>;

/** What an object must look like as far as the handlers rely on it. */
interface Shape {
  readonly required?: Kinds;
  readonly optional?: Kinds;
  /** Of an object, or of each element of an array. */
  readonly inside?: Readonly<Record<string, Shape>>;
}

const SOURCE: Shape = { optional: { path: 'string', name: 'string', sourceReference: 'number' } };
const WHEN: Kinds = { condition: 'string', hitCondition: 'string', logMessage: 'string' };
const IN_SOURCE: Shape = {
  required: { source: 'object', line: 'number' },
  optional: { endLine: 'number' },
  inside: { source: SOURCE },
};

/** Arguments by which a request means something. A client that sends others gets a sentence, not a crash. */
const SHAPES: Readonly<Record<string, Shape>> = {
  // Its attributes are judged by their own table.
  launch: {},
  cancel: { optional: { requestId: 'number', progressId: 'string' } },
  stackTrace: { optional: { startFrame: 'number', levels: 'number' } },
  restartFrame: { required: { frameId: 'number' } },
  scopes: { required: { frameId: 'number' } },
  variables: {
    required: { variablesReference: 'number' },
    optional: { filter: 'string', start: 'number', count: 'number', format: 'object' },
  },
  setVariable: { required: { variablesReference: 'number', name: 'string', value: 'string' } },
  evaluate: {
    required: { expression: 'string' },
    optional: { format: 'object', frameId: 'number' },
  },
  setExpression: {
    required: { expression: 'string', value: 'string' },
    optional: { frameId: 'number' },
  },
  completions: { required: { text: 'string', column: 'number' }, optional: { line: 'number' } },
  readMemory: {
    required: { memoryReference: 'string', count: 'whole number' },
    optional: { offset: 'whole number' },
  },
  writeMemory: {
    required: { memoryReference: 'string', data: 'string' },
    optional: { offset: 'whole number' },
  },
  disassemble: {
    required: { memoryReference: 'string', instructionCount: 'whole number' },
    optional: { offset: 'whole number', instructionOffset: 'whole number' },
  },
  setInstructionBreakpoints: {
    required: { breakpoints: 'array' },
    inside: {
      breakpoints: {
        required: { instructionReference: 'string' },
        optional: { offset: 'whole number', condition: 'string', hitCondition: 'string' },
      },
    },
  },
  setBreakpoints: {
    required: { source: 'object' },
    optional: { breakpoints: 'array' },
    inside: { source: SOURCE, breakpoints: { required: { line: 'number' }, optional: WHEN } },
  },
  setFunctionBreakpoints: {
    required: { breakpoints: 'array' },
    inside: { breakpoints: { required: { name: 'string' }, optional: WHEN } },
  },
  setDataBreakpoints: {
    required: { breakpoints: 'array' },
    inside: { breakpoints: { required: { dataId: 'string' }, optional: WHEN } },
  },
  setExceptionBreakpoints: {
    required: { filters: 'array' },
    optional: { filterOptions: 'array' },
    inside: {
      filterOptions: { required: { filterId: 'string' }, optional: { condition: 'string' } },
    },
  },
  dataBreakpointInfo: {
    required: { name: 'string' },
    optional: { variablesReference: 'number', bytes: 'number' },
  },
  breakpointLocations: IN_SOURCE,
  gotoTargets: IN_SOURCE,
  goto: { required: { targetId: 'number' } },
  source: {
    required: { sourceReference: 'number' },
    optional: { source: 'object' },
    inside: { source: SOURCE },
  },
};

/** The arguments as an object. Throws `badArguments` where one is missing or of the wrong kind. */
export function checkArguments(command: string, given: unknown): object {
  const args = given ?? {};
  if (typeof args !== 'object') {
    throw new AdapterError('badArguments', `The arguments of '${command}' must be an object.`);
  }
  const shape = Object.hasOwn(SHAPES, command) ? SHAPES[command] : undefined;
  return shape === undefined ? args : checked(command, '', shape, args);
}

/** A copy without what is `null`: some clients write that for what they leave out. `path` leads here. */
function checked(command: string, path: string, shape: Shape, given: object): object {
  const { required = {}, optional = {}, inside = {} } = shape;
  const args = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  for (const [name, kind] of Object.entries(required)) {
    if (!isKind(args[name], kind)) throw wrong(command, path + name, kind, args[name]);
  }
  for (const [name, kind] of Object.entries(optional)) {
    const value = args[name];
    if (value !== undefined && !isKind(value, kind)) throw wrong(command, path + name, kind, value);
  }
  for (const [name, inner] of Object.entries(inside)) {
    if (args[name] !== undefined)
      args[name] = checkedInside(command, path + name, inner, args[name]);
  }
  return args;
}

function checkedInside(command: string, path: string, shape: Shape, value: unknown): unknown {
  if (!Array.isArray(value)) return checkedObject(command, path, shape, value);
  return value.map((each: unknown, index) =>
    checkedObject(command, `${path}[${index}]`, shape, each),
  );
}

function checkedObject(command: string, path: string, shape: Shape, value: unknown): object {
  if (!isKind(value, 'object')) throw wrong(command, path, 'object', value);
  return checked(command, `${path}.`, shape, Object(value));
}

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'number') return Number.isFinite(value);
  if (kind === 'whole number') return Number.isSafeInteger(value);
  if (kind === 'object') return typeof value === kind && value !== null && !Array.isArray(value);
  return typeof value === kind;
}

/** The longest part of a wrong value that a message repeats. */
const MOST_SHOWN = 80;

function wrong(command: string, name: string, kind: Kind, value: unknown): AdapterError {
  const what = `The request '${command}' needs the argument '${name}' (${kind})`;
  const text = JSON.stringify(value) ?? String(value);
  const short = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  const got = value === undefined ? 'it is missing' : `got ${short}`;
  return new AdapterError('badArguments', `${what}: ${got}.`);
}
