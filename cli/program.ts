import { didYouMean } from '../timeline/index.ts';
import type { Command } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { convertCommand } from './commands/convert.ts';
import { dapCommand } from './commands/dap.ts';
import { decodeCommand } from './commands/decode.ts';
import { diffCommand } from './commands/diff.ts';
import { guestCommand } from './commands/guest.ts';
import { infoCommand } from './commands/info.ts';
import { listCommand } from './commands/list.ts';
import { lspCommand } from './commands/lsp.ts';
import { reduceCommand } from './commands/reduce.ts';
import { replayCommand } from './commands/replay.ts';
import { screenCommand } from './commands/screen.ts';
import { testCommand } from './commands/test.ts';
import { ExitStatus } from './exit-status.ts';
import { Failure, UsageError } from './failures.ts';
import { HELP, optionsText, parseArguments } from './options.ts';
import type { Terminal } from './terminal.ts';
import { programVersion } from './version.ts';

const COMMANDS: readonly Command[] = [
  replayCommand,
  infoCommand,
  listCommand,
  decodeCommand,
  screenCommand,
  checkCommand,
  testCommand,
  diffCommand,
  reduceCommand,
  convertCommand,
  guestCommand,
  lspCommand,
  dapCommand,
];

/** Runs the command line `args` (without the program's own name). Never throws for what a user can do wrong. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const [first, ...rest] = args;
  if (first === undefined) {
    terminal.err(programHelp());
    return ExitStatus.usage;
  }
  if (first === 'help' && rest[0] !== undefined) return runProgram([rest[0], '--help'], terminal);
  if (first === '--help' || first === '-h' || first === 'help') return say(terminal, programHelp());
  if (first === '--version') return say(terminal, `${await programVersion()}\n`);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command !== undefined) return runCommand(command, rest, terminal);
  const what = first.startsWith('-') ? `no option ${first}` : `no command "${first}"`;
  const meant = didYouMean(
    first,
    COMMANDS.map(({ name }) => name),
  );
  terminal.err(`vgpu: there is ${what}.${meant}\n\n${programHelp()}`);
  return ExitStatus.usage;
}

async function runCommand(
  command: Command,
  rest: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  try {
    const args = parseArguments(rest, [...command.options, HELP]);
    if (args.has('help')) return await say(terminal, commandHelp(command));
    return await command.run(traceOf(command, args.positionals), args, terminal);
  } catch (error) {
    return report(command, error, terminal);
  }
}

function traceOf(command: Command, positionals: readonly string[]): string {
  const { withoutTrace = false, severalTraces = false, operands } = command;
  const [trace, ...others] = positionals;
  if (operands !== undefined) {
    if (positionals.length < operands.least) throw new UsageError(operands.missing);
    const extra = positionals[operands.most];
    if (extra !== undefined) throw new UsageError(`"${extra}" is too many.`);
    return trace ?? '';
  }
  if (withoutTrace) {
    if (trace === undefined) return '';
    throw new UsageError(`it takes options only; "${trace}" is too many.`);
  }
  if (trace === undefined) throw new UsageError('a trace is missing: the path of a file, or - .');
  if (others.length > 0 && !severalTraces)
    throw new UsageError(`one trace at a time; "${others[0]}" is too many.`);
  return trace;
}

function report(command: Command, error: unknown, terminal: Terminal): ExitStatus {
  if (error instanceof UsageError) {
    terminal.err(`vgpu ${command.name}: ${error.message}\n\n${commandHelp(command)}`);
    return ExitStatus.usage;
  }
  if (error instanceof Failure) {
    terminal.err(`vgpu ${command.name}: ${error.message}\n`);
    return ExitStatus.failed;
  }
  throw error;
}

async function say(terminal: Terminal, text: string): Promise<ExitStatus> {
  await terminal.out(text);
  return ExitStatus.ok;
}

function programHelp(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join(
    '',
  );
  // Those that take something else than a trace.
  const others = COMMANDS.filter((command) => operandsText(command) !== ' TRACE')
    .map((command) => `       vgpu ${command.name}${operandsText(command)} [options]\n`)
    .join('');
  return (
    `Usage: vgpu COMMAND TRACE [options]\n${others}       vgpu --help | --version\n\n` +
    `Commands:\n${list}\n` +
    'TRACE is a recording, plain or packed with gzip; - reads it from standard input.\n' +
    'vgpu COMMAND --help tells more.\n'
  );
}

function operandsText({ operands, withoutTrace, severalTraces }: Command): string {
  if (operands !== undefined) return ` ${operands.usage}`;
  if (withoutTrace === true) return '';
  return severalTraces === true ? ' TRACE [TRACE ...]' : ' TRACE';
}

function commandHelp(command: Command): string {
  return (
    `Usage: vgpu ${command.name}${operandsText(command)} [options]\n\n${command.details}\n\n` +
    `Options:\n${optionsText([...command.options, HELP])}`
  );
}
