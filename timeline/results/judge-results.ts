import type {
  CommandResult,
  InterruptResult,
  Result,
  ResultsByAccess,
  WriteResult,
} from './result.ts';
import {
  type Around,
  type ResultRuleId,
  ruleForExtraCommand,
  ruleForExtraInterrupt,
  ruleForExtraWrite,
  ruleForMissingCommand,
  ruleForMissingWrite,
} from './result-rules.ts';

/** How what the device did compares with what was recorded. */
export interface ResultScore {
  /** Results that agree. */
  readonly equal: {
    readonly commands: number;
    readonly writes: number;
    readonly interrupts: number;
  };
  /** Explained differences by rule. */
  readonly rules: Readonly<Record<string, number>>;
  readonly unexplained: readonly ResultDifference[];
}

export interface ResultDifference {
  /** Number of the access that it follows, from 1. */
  readonly access: number;
  /** `extra`: the recording does not have it. */
  readonly what: 'extra' | 'missing';
  readonly result: Result;
}

/** `images`: graphics addresses of the contexts that were submitted. */
export function judgeResults(
  made: ResultsByAccess,
  recorded: ResultsByAccess,
  images: ReadonlySet<number>,
): ResultScore {
  const judge = new ResultJudge(images);
  const accesses = new Set([...made.keys(), ...recorded.keys()]);
  for (const access of [...accesses].sort((a, b) => a - b)) {
    judge.window(access, made.get(access) ?? [], recorded.get(access) ?? []);
  }
  return judge.score();
}

/** Frames by which the device's vblanks may lag: those that it had in other windows were not seen as extra. */
const MOST_BEHIND = 3;

class ResultJudge {
  readonly #images: ReadonlySet<number>;
  readonly #equal = { commands: 0, writes: 0, interrupts: 0 };
  readonly #rules: Record<string, number> = {};
  readonly #unexplained: ResultDifference[] = [];
  #access = 0;
  /** By engine. */
  readonly #lastMade = new Map<string, CommandResult>();
  #lastRecorded: CommandResult | undefined;
  /** Of the command that is looked for. */
  #recordedEngine = '';
  /** Vblanks that the device had and the recording had not. */
  #ahead = 0;

  constructor(images: ReadonlySet<number>) {
    this.#images = images;
  }

  score(): ResultScore {
    return { equal: this.#equal, rules: this.#rules, unexplained: this.#unexplained };
  }

  window(access: number, made: readonly Result[], recorded: readonly Result[]): void {
    this.#access = access;
    this.#commands(made.filter(isCommand), recorded.filter(isCommand));
    this.#writes(made.filter(isWrite), recorded.filter(isWrite));
    this.#interrupts(made.filter(isInterrupt), recorded.filter(isInterrupt));
  }

  #commands(made: readonly CommandResult[], recorded: readonly CommandResult[]): void {
    let at = 0;
    for (const command of recorded) {
      this.#recordedEngine = command.engine;
      const found = made.findIndex((each, index) => index >= at && isSameCommand(each, command));
      const end = found < 0 ? at : found;
      for (; at < end; at++) this.#extraCommand(made[at]);
      if (found >= 0) {
        this.#equal.commands++;
        this.#executed(made[at++]);
      } else {
        this.#note(
          ruleForMissingCommand(command, this.#around(this.#lastRecorded)),
          'missing',
          command,
        );
      }
      this.#lastRecorded = command;
    }
    for (; at < made.length; at++) this.#extraCommand(made[at]);
  }

  #extraCommand(command: CommandResult | undefined): void {
    if (command === undefined) return;
    const before = this.#lastMade.get(command.engine);
    this.#note(ruleForExtraCommand(command, this.#around(before)), 'extra', command);
    this.#executed(command);
  }

  #executed(command: CommandResult | undefined): void {
    if (command !== undefined) this.#lastMade.set(command.engine, command);
  }

  #writes(made: readonly WriteResult[], recorded: readonly WriteResult[]): void {
    const liteRestore = recorded.length === 0;
    const around = { ...this.#around(undefined), liteRestore };
    let at = 0;
    for (const write of recorded) {
      const found = made.findIndex((each, index) => index >= at && isSameWrite(each, write));
      if (found < 0) {
        this.#note(ruleForMissingWrite(write), 'missing', write);
        continue;
      }
      for (const extra of made.slice(at, found)) {
        this.#note(ruleForExtraWrite(extra, around), 'extra', extra);
      }
      this.#equal.writes++;
      at = found + 1;
    }
    for (const extra of made.slice(at)) {
      this.#note(ruleForExtraWrite(extra, around), 'extra', extra);
    }
  }

  /** Of those with the recording's number the first agree; which of them is which cannot be told apart. */
  #interrupts(made: readonly InterruptResult[], recorded: readonly InterruptResult[]): void {
    const equal = Math.min(made.length, recorded.length);
    this.#equal.interrupts += equal;
    for (const extra of made.slice(equal)) {
      const rule = ruleForExtraInterrupt(extra);
      if (rule === 'vblank-phase') this.#ahead++;
      this.#note(rule, 'extra', extra);
    }
    for (const missing of recorded.slice(equal)) {
      // A vblank of the recording comes where the device's has been, or will be within a frame or two.
      this.#ahead--;
      const rule = this.#ahead >= -MOST_BEHIND ? 'vblank-phase' : undefined;
      this.#note(rule, 'missing', missing);
    }
  }

  #around(before: CommandResult | undefined): Around {
    const executed = this.#lastMade.get(this.#recordedEngine);
    return { before, executed, images: this.#images, liteRestore: false };
  }

  #note(rule: ResultRuleId | undefined, what: 'extra' | 'missing', result: Result): void {
    if (rule === undefined) this.#unexplained.push({ access: this.#access, what, result });
    else this.#rules[rule] = (this.#rules[rule] ?? 0) + 1;
  }
}

function isCommand(result: Result): result is CommandResult {
  return result.kind === 'command';
}

function isWrite(result: Result): result is WriteResult {
  return result.kind === 'write';
}

function isInterrupt(result: Result): result is InterruptResult {
  return result.kind === 'interrupt';
}

/** Recordings show at most 70 dwords, and of a batch's end no engine. */
function isSameCommand(made: CommandResult, recorded: CommandResult): boolean {
  if (made.level !== recorded.level || made.where !== recorded.where) return false;
  if (recorded.engine !== '' && recorded.engine !== made.engine) return false;
  return recorded.dwords.every((dword, index) => dword === made.dwords[index]);
}

function isSameWrite(a: WriteResult, b: WriteResult): boolean {
  return a.space === b.space && a.address === b.address && a.value === b.value;
}
