import type { GuestPc } from '../guest-pc.ts';
import { unexplainedWarnings } from './kernel-warnings.ts';

/** What i915 calls an error, and what is one although it is called something else. */
const I915_ERROR = /i915.*(?:\*ERROR\*|wedged|timed out)/;
/** What any kernel says when it breaks. */
const KERNEL_ERROR = /\b(?:BUG:|Oops|general protection fault|Kernel panic)/;

/** Keeps the kernel's lines from now on. */
export class Dmesg {
  readonly lines: string[] = [];

  constructor(pc: GuestPc) {
    pc.listen((source, text) => {
      if (source === 'kernel') this.lines.push(text);
    });
  }

  says(wanted: RegExp): boolean {
    return this.lines.some((line) => wanted.test(line));
  }

  /** Lines in which i915 or the kernel report an error, or warn of something that the PC does not explain. */
  get errors(): readonly string[] {
    const errors = this.lines.filter((line) => I915_ERROR.test(line) || KERNEL_ERROR.test(line));
    return [...errors, ...unexplainedWarnings(this.lines)];
  }
}
