import type { Locator } from 'playwright-core';
import { DebugConsole } from './debug-console.ts';
import type { Step } from './menu.ts';
import { pattern, plain } from './text.ts';
import { retry, withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** Commands that move the session, by their names in VS Code. */
export type Movement =
  | 'Continue'
  | 'Step Over'
  | 'Step Into'
  | 'Step Out'
  | 'Step Back'
  | 'Reverse';

const keys: Readonly<Record<Movement, string>> = {
  Continue: 'F5',
  'Step Over': 'F10',
  'Step Into': 'F11',
  'Step Out': 'Shift+F11',
  'Step Back': 'Alt+F10',
  Reverse: 'Alt+F5',
};

/** Whether something is seen that was waited for. */
export type Seen = () => Promise<boolean>;

/** A debug session, as a user drives it in VS Code's own views. */
export class Debugging {
  readonly #workbench: Workbench;
  readonly #console: DebugConsole;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#console = new DebugConsole(workbench);
  }

  /**
   * F5 on the editor in view; done when the session has stopped. A window that has just been opened may not have read
   * its configurations, and F5 then starts nothing: it is pressed again where there is no session.
   */
  async start(): Promise<void> {
    await retry(
      async (timeout) => {
        const isStarted = (await this.button('Stop').count()) > 0;
        if (!isStarted) await this.#workbench.page.keyboard.press('F5');
        return (await withinTime(this.currentLine().waitFor({ timeout }))) || undefined;
      },
      () => 'F5 starts no session.',
      15_000,
    );
  }

  /** Starts a configuration of launch.json by its name; done when the session has stopped, or what is waited for came. */
  async startNamed(
    name: string,
    started: () => Promise<void> = () => this.currentLine().waitFor(),
  ): Promise<void> {
    await retry(
      async (timeout) => {
        await this.#workbench.command('Debug: Select and Start Debugging');
        return (await withinTime(this.#workbench.quickPick(name, timeout))) || undefined;
      },
      () => `There is no configuration ${name}.`,
      3000,
    );
    await started();
  }

  /** Opens a recording with a click and starts on it with F5. */
  async begin(recording: string): Promise<void> {
    await this.#workbench.openRecording(recording);
    await this.start();
    await this.stoppedAt(7);
  }

  /** Ends the session and leaves no breakpoint and no tab behind. */
  async end(): Promise<void> {
    await this.stop();
    await this.#workbench.command('Remove All Breakpoints');
    await this.#workbench.command('View: Close All Editors');
  }

  /** Ends the session. */
  async stop(): Promise<void> {
    await retry(
      async (timeout) => {
        await this.#workbench.page.keyboard.press('Shift+F5');
        await this.button('Stop').waitFor({ state: 'detached', timeout });
        await this.currentLine().waitFor({ state: 'detached', timeout });
        return true;
      },
      () => 'Shift+F5 does not end the session.',
      5000,
    );
  }

  /** Steps or runs by its key, and waits until the highlighted line shows the record. */
  async go(how: Movement, record: number): Promise<void> {
    await this.press(keys[how], () => this.#isAt(record));
  }

  /** The same by its button. */
  async click(how: Movement, record: number): Promise<void> {
    await this.run(how, () => this.#isAt(record));
  }

  /** Presses a key that moves the session, until that has had its effect. */
  async press(key: string, arrived: Seen): Promise<void> {
    await this.#move(() => this.#workbench.page.keyboard.press(key), arrived, key);
  }

  /** The same with a button. */
  async run(how: Movement, arrived: Seen): Promise<void> {
    await this.#move((timeout) => this.button(how).click({ timeout }), arrived, how);
  }

  /**
   * VS Code takes no key and no click while it does not know that the session has stopped. Where the session stands as it
   * stood, they came to nothing and are repeated; a session that is on its way is waited for.
   */
  async #move(act: Step, arrived: Seen, name: string): Promise<void> {
    const before = await this.#markedLine();
    let isFirst = true;
    await retry(
      async (timeout) => {
        const isUnmoved = before !== undefined && (await this.#markedLine()) === before;
        if (isFirst || isUnmoved) await act(timeout);
        isFirst = false;
        return this.#seen(arrived, timeout);
      },
      async () => `${name} does not lead there. It stands at: ${await this.#markedLine()}`,
      15_000,
    );
  }

  /** A button of the debug toolbar. */
  button(name: Movement | 'Pause' | 'Restart' | 'Stop'): Locator {
    const button = `.monaco-action-bar .action-label[aria-label^="${name}"]`;
    return this.#workbench.page.locator(button).first();
  }

  /** Breaks off what is running; answers at which record. */
  async pause(): Promise<number> {
    await retry(
      async (timeout) => {
        await withinTime(this.button('Pause').click({ timeout }));
        return (await withinTime(this.currentLine().waitFor({ timeout }))) || undefined;
      },
      () => 'Pause does nothing.',
      5000,
    );
    const where = await this.evaluate('where');
    return Number(/record (\d+)/.exec(where)?.[1]);
  }

  /** Waits until the session stands before a record: its line is highlighted. */
  async stoppedAt(record: number): Promise<void> {
    await this.standsAt(atRecord(record));
  }

  /** Waits until a line with this text is highlighted. */
  async standsAt(text: string | RegExp): Promise<void> {
    await retry(
      (timeout) => this.#seen(() => this.isMarked(text), timeout),
      async () => `The line ${text} is not highlighted, but: ${await this.#markedLine()}`,
    );
  }

  /** Whether a line with this text is highlighted. */
  async isMarked(text: string | RegExp): Promise<boolean> {
    return pattern(text).test((await this.#markedLine()) ?? '');
  }

  #isAt(record: number): Promise<boolean> {
    return this.isMarked(atRecord(record));
  }

  async #seen(arrived: Seen, timeout: number): Promise<true | undefined> {
    const end = performance.now() + timeout;
    for (;;) {
      if (await arrived()) return true;
      if (performance.now() > end) return undefined;
      await this.#workbench.page.waitForTimeout(50);
    }
  }

  /** Text of the highlighted line. */
  #markedLine(): Promise<string | undefined> {
    const marks = this.#workbench.page.locator('.debug-top-stack-frame-line');
    return marks.evaluateAll(([mark]) => {
      const lines = mark?.closest('.monaco-editor')?.querySelectorAll('.view-line') ?? [];
      const top = mark?.getBoundingClientRect().top ?? 0;
      const line = [...lines].find((l) => Math.abs(l.getBoundingClientRect().top - top) < 4);
      return line?.textContent ?? undefined;
    });
  }

  /** The highlight of the line at which the program stands. */
  currentLine(): Locator {
    return this.#workbench.page.locator('.debug-top-stack-frame-line').first();
  }

  /** The call stack's frame with this text. */
  frame(text: string | RegExp): Locator {
    return this.#workbench.page
      .locator('.debug-call-stack .stack-frame .label', { hasText: pattern(text) })
      .first();
  }

  /** Texts of the call stack's frames, the innermost first. */
  async callStack(): Promise<string[]> {
    const labels = this.#workbench.page.locator('.debug-call-stack .stack-frame .expression');
    return (await labels.allTextContents()).map(plain);
  }

  /** What the Debug Console is asked, and what it prints for it. */
  evaluate(expression: string): Promise<string> {
    return this.#console.evaluate(expression);
  }

  /** Types into the Debug Console, accepts what is proposed under a label, and leaves the line empty. */
  complete(typed: string, label: string): Promise<void> {
    return this.#console.complete(typed, label);
  }

  /** Goes to a record by the Debug Console. */
  async jump(record: number): Promise<void> {
    await this.evaluate(`goto ${record}`);
    await this.stoppedAt(record);
  }

  /** Waits for a line of this text in the Debug Console. */
  async printed(text: string | RegExp): Promise<void> {
    await this.#workbench.page
      .locator('.repl .monaco-list-row', { hasText: pattern(text) })
      .first()
      .waitFor();
  }
}

/** A line of the decoded view that shows a record. */
function atRecord(record: number): RegExp {
  return new RegExp(`^ *${record} `);
}
