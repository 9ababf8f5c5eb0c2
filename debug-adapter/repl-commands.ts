import { compareMoments, type DataTarget, type Moment } from '../timeline/index.ts';
import type { Call } from './call.ts';
import { AdapterError } from './errors.ts';
import { evaluateExpression, knownAddress } from './evaluate-expression.ts';
import { formatValue, hex } from './variables/format.ts';

interface Command {
  /** As typed, with its arguments. */
  readonly usage: string;
  readonly detail: string;
  readonly run: (call: Call, args: readonly string[]) => Promise<string> | string;
}

/** A dword of BAR0, or some bits of it. */
interface WrittenDword {
  readonly offset: number;
  readonly bits?: { readonly low: number; readonly high: number };
}

/** BAR0 offset of the first GGTT entry, an entry's size, and that of the page it maps (gvt-facts §5.1). */
const GGTT_OFFSET = 0x800000;
const GGTT_ENTRY_BYTES = 8;
const GGTT_PAGE_BYTES = 0x1000;

/** What the Debug Console understands besides expressions. */
const COMMANDS: Readonly<Record<string, Command>> = {
  help: { usage: 'help', detail: 'what can be typed here', run: help },
  where: { usage: 'where', detail: 'the present moment, in numbers', run: where },
  hash: {
    usage: 'hash',
    detail: "hash of the device's whole state",
    run: async ({ conversation }) => await conversation.program.session.inspect({ kind: 'hash' }),
  },
  'last-writer': {
    usage: 'last-writer REGISTER[.FIELD] | last-writer ggtt[ADDRESS]',
    detail: 'the record or command that last changed it',
    run: lastWriter,
  },
  walk: {
    usage: 'walk ADDRESS | walk ppgtt ADDRESS [ROOT]',
    detail: 'follow a graphics address through the page tables',
    run: walk,
  },
  goto: {
    usage: 'goto RECORD[+EVENT]',
    detail: 'go to a record by its number, or to an event inside of it',
    run: goTo,
  },
  skip: {
    usage: 'skip [PATTERN …]',
    detail: 'registers that stepping passes over from now on; none: all are stepped on',
    run: skip,
  },
};

/** The command's answer; undefined where the line is not a command, hence an expression. */
export async function runCommand(call: Call, line: string): Promise<string | undefined> {
  const { command, args } = parse(line);
  return await command?.run(call, args);
}

/** Throws `evaluation` where the line is a command, which only the Debug Console understands. */
export function refuseCommand(line: string): void {
  const { name, command } = parse(line);
  if (command === undefined) return;
  const sentence = `${name} is a command of the Debug Console: type it there.`;
  throw new AdapterError('evaluation', sentence);
}

function parse(line: string) {
  const [name = '', ...args] = line.trim().split(/\s+/);
  return { name, args, command: Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined };
}

/** Commands that what is typed so far can become. */
export function completeCommand(typed: string): readonly { label: string; detail: string }[] {
  return Object.entries(COMMANDS)
    .filter(([name]) => typed !== '' && name.startsWith(typed) && name !== typed)
    .map(([label, { detail }]) => ({ label, detail }));
}

function help(): string {
  const commands = Object.values(COMMANDS);
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return [
    'An expression: RCS0.RING_TAIL, RCS0.RING_CTL.enable, ggtt[0x1000], mem32[0x1000], mmio[0x44200]',
    ...commands.map(({ usage, detail }) => `${usage.padEnd(width)}  ${detail}`),
  ].join('\n');
}

function where({ conversation }: Call): string {
  const { session, sources } = conversation.program;
  const { record, event } = session.position;
  const { document, line } = sources.locate(record);
  const inside = event === 0 ? '' : `event ${event} of `;
  return `${inside}record ${record} of ${session.summary.records}, ${document.name} line ${line}`;
}

async function lastWriter({ conversation }: Call, args: readonly string[]): Promise<string> {
  const { session } = conversation.program;
  const expression = required(args[0], 'last-writer');
  const { target } = await evaluateExpression(session, expression);
  const moments: Moment[] = [];
  for (const dword of dwordsOf(target, expression)) {
    const moment = await session.inspect({ kind: 'lastWriter', ...dword });
    if (moment !== undefined) moments.push(moment);
  }
  const moment = moments.sort(compareMoments).at(-1);
  if (moment === undefined) return `${expression} has not been changed up to here.`;
  const { record, event } = moment;
  const by = event === 0 ? `record ${record}` : `event ${event} of record ${record}`;
  const place = event === 0 ? String(record) : `${record}+${event}`;
  return `${expression} was last changed by ${by} (type: goto ${place})`;
}

/** Where to look for what changed a register, or a GGTT entry, which stands in BAR0 too and is written in halves. */
function dwordsOf(target: DataTarget | undefined, expression: string): readonly WrittenDword[] {
  if (target?.space === 'mmio') {
    const { address: offset, bits } = target;
    return [{ offset, ...(bits === undefined ? {} : { bits }) }];
  }
  if (target?.space !== 'ggtt') {
    const what = 'a register or a field of one, or a GGTT entry';
    throw new AdapterError('evaluation', `'${expression}' is not ${what}.`);
  }
  const low = GGTT_OFFSET + Math.floor(target.address / GGTT_PAGE_BYTES) * GGTT_ENTRY_BYTES;
  const bits = target.bits ?? { low: 0, high: 63 };
  return [0, 32].flatMap((first) => {
    const from = Math.max(bits.low - first, 0);
    const to = Math.min(bits.high - first, 31);
    return from > to ? [] : [{ offset: low + first / 8, bits: { low: from, high: to } }];
  });
}

async function walk({ conversation }: Call, args: readonly string[]): Promise<string> {
  const { session } = conversation.program;
  const space = args[0] === 'ppgtt' ? 'ppgtt' : 'ggtt';
  const [address, root] = args[0] === space ? args.slice(1) : args;
  const steps = await session.inspect({
    kind: 'walk',
    space,
    address: await knownAddress(session, required(address, 'walk')),
    ...(root === undefined ? {} : { root: await knownAddress(session, root) }),
  });
  if (steps.length === 0) return 'The address lies outside of the table.';
  return steps
    .map((step) => {
      const table = step.tableAddress === 0 ? '' : ` at ${hex(step.tableAddress)}`;
      return `${step.level}[${step.index}]${table}: ${formatValue(step.entry, 8)} ${step.result}`;
    })
    .join('\n');
}

function goTo(call: Call, args: readonly string[]): string {
  const { conversation } = call;
  const { session } = conversation.program;
  const place = required(args[0], 'goto').replaceAll(',', '');
  const [record = Number.NaN, event = 0] = place.split('+').map(Number);
  const { records } = session.summary;
  if (!isCount(record) || !isCount(event)) {
    const usage = COMMANDS['goto']?.usage;
    throw new AdapterError('goto', `${args[0]} is no number of a record. Write it as: ${usage}`);
  }
  if (record > records) {
    throw new AdapterError('goto', `There is no record ${args[0]}; the recording has ${records}.`);
  }
  conversation.runs.requireStopped();
  call.afterResponse(() => conversation.goTo(call.requestId, record, event));
  return `Going to record ${place}.`;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

async function skip({ conversation }: Call, args: readonly string[]): Promise<string> {
  const patterns = await conversation.program.session.setSkip(args);
  const lines = patterns.map(({ pattern, message }) => `${pattern}: ${message}`);
  return lines.length === 0 ? 'Nothing is skipped.' : lines.join('\n');
}

function required(argument: string | undefined, command: string): string {
  if (argument !== undefined) return argument;
  throw new AdapterError('evaluation', `Write it as: ${COMMANDS[command]?.usage ?? command}`);
}
