import type {
  Check,
  DeviceTimes,
  GuestPc,
  LineSource,
  ScenarioResult,
  ScenarioWatcher,
} from '../../guest/index.ts';
import type { Terminal } from '../terminal.ts';

/** Milliseconds between lines that tell how far the guest is. */
const INTERVAL = 2000;

/** Shows a running guest: its console on standard output, where it is on standard error. */
export class GuestProgress implements ScenarioWatcher {
  readonly #terminal: Terminal;
  readonly #started = performance.now();
  #phase = '';
  #shownAt = performance.now();
  #shownAccesses = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  phase = (name: string): void => {
    this.#phase = name;
    this.#terminal.err(`vgpu: ${name}\n`);
  };

  line = (source: LineSource, text: string): void => {
    if (source !== 'listing' && !text.startsWith('@@')) void this.#terminal.out(`${text}\n`);
  };

  progress = (pc: GuestPc): void => {
    const now = performance.now();
    const passed = now - this.#shownAt;
    if (passed < INTERVAL) return;
    const { accesses } = pc.slot;
    const rate = Math.round(((accesses - this.#shownAccesses) * 1000) / passed);
    this.#shownAt = now;
    this.#shownAccesses = accesses;
    this.#terminal.err(
      `vgpu: ${this.#phase}: ${pc.seconds.toFixed(1)} s of guest time, ` +
        `${count(accesses)} accesses (${count(rate)} a second)\n`,
    );
  };

  check = ({ what, passed, found }: Check): void => {
    const why = found === undefined ? '' : `: ${found}`;
    this.#terminal.err(`vgpu: ${passed ? 'passed' : 'FAILED'}: ${what}${why}\n`);
  };

  end({ passed, seconds, accesses, hash, times }: ScenarioResult): void {
    if (times !== undefined) this.#terminal.err(timesText(times));
    const real = ((performance.now() - this.#started) / 1000).toFixed(1);
    this.#terminal.err(
      `vgpu: ${passed ? 'the guest succeeded' : 'the guest did not succeed'}: ` +
        `${seconds.toFixed(1)} s of guest time in ${real} s, ` +
        `${count(accesses)} accesses, device state ${hash}\n`,
    );
  }
}

/** How long the device took, of the run and for what. */
function timesText({ run, device, works }: DeviceTimes): string {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
  const share = ((device / run) * 100).toFixed(1);
  const rows = works.map(({ work, calls, milliseconds }) => {
    const each = ((milliseconds * 1000) / calls).toFixed(2);
    return `vgpu:   ${work}: ${seconds(milliseconds)}, ${count(calls)} times, ${each} µs each\n`;
  });
  return `vgpu: the device took ${seconds(device)} of ${seconds(run)}, ${share} %\n${rows.join('')}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
