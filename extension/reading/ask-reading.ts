import * as vscode from 'vscode';
import type { Reading } from '../../timeline/index.ts';

interface Question {
  readonly label: string;
  readonly detail: string;
  /** What is said so far, for people. */
  present(reading: Reading): string | undefined;
  /** Undefined where the user dismissed it. */
  ask(reading: Reading): Promise<Reading | undefined>;
}

const QUESTIONS: readonly Question[] = [
  {
    label: 'Device in the log',
    detail: 'A part of its name there: 00:02.0, 8086:1912, igd-gttmmadr, a UUID',
    present: ({ device }) => device,
    ask: async ({ device, ...rest }) => {
      const typed = await vscode.window.showInputBox({
        title: 'Which device of the log is it about?',
        prompt: 'A part of its name in the log; empty: found from the log',
        value: device ?? '',
      });
      if (typed === undefined) return undefined;
      return typed.trim() === '' ? rest : { ...rest, device: typed.trim() };
    },
  },
  {
    label: 'Address of the registers (BAR0)',
    detail: 'Guest physical address, where the log does not tell it',
    present: ({ bar0 }) => hex(bar0),
    ask: async ({ bar0, ...rest }) => {
      const address = await askAddress('Where are the registers (BAR0)?', bar0);
      return (
        address && { ...rest, ...(address.value === undefined ? {} : { bar0: address.value }) }
      );
    },
  },
  {
    label: 'Address of the aperture (BAR2)',
    detail: 'Guest physical address, where the log does not tell it',
    present: ({ bar2 }) => hex(bar2),
    ask: async ({ bar2, ...rest }) => {
      const address = await askAddress('Where is the aperture (BAR2)?', bar2);
      return (
        address && { ...rest, ...(address.value === undefined ? {} : { bar2: address.value }) }
      );
    },
  },
  {
    label: 'What answers',
    detail: 'The emulated vGPU, or the recording itself',
    present: ({ model }) => model,
    ask: async ({ model: _before, ...rest }) => {
      const picked = await vscode.window.showQuickPick(
        [
          { label: 'auto', description: 'the vGPU where it can be the device, else the recording' },
          { label: 'vgpu', description: 'the emulated vGPU' },
          { label: 'recorded', description: 'the recording: nothing is emulated' },
        ],
        { title: 'What answers?' },
      );
      if (picked === undefined) return undefined;
      const model = picked.label;
      return model === 'vgpu' || model === 'recorded' ? { ...rest, model } : rest;
    },
  },
  {
    label: 'Register description',
    detail: 'An SVD or JSON file that names registers and fields; for recorded devices',
    present: ({ registers }) => registers,
    ask: async ({ registers: _before, ...rest }) => {
      const files = await vscode.window.showOpenDialog({
        title: 'Register description (SVD, JSON)',
        openLabel: 'Use',
        filters: { 'Register descriptions': ['svd', 'xml', 'json'] },
      });
      const [file] = files ?? [];
      return file === undefined ? undefined : { ...rest, registers: file.fsPath };
    },
  },
];

/** Asks for one thing that a trace cannot tell. Undefined where the user dismissed it. */
export async function askReading(name: string, reading: Reading): Promise<Reading | undefined> {
  const items = QUESTIONS.map((question) => {
    const present = question.present(reading);
    return {
      label: question.label,
      detail: question.detail,
      ...(present === undefined ? {} : { description: present }),
      question,
    };
  });
  const forget = { label: 'Nothing', detail: 'Find all of it from the file', question: undefined };
  const said = Object.keys(reading).length > 0;
  const picked = await vscode.window.showQuickPick(said ? [...items, forget] : items, {
    title: `What ${name} does not tell`,
    placeHolder: 'What do you know of it?',
  });
  if (picked === undefined) return undefined;
  return picked.question === undefined ? {} : picked.question.ask(reading);
}

/** `value` undefined: nothing is to be said of it. */
async function askAddress(
  title: string,
  present: number | undefined,
): Promise<{ readonly value: number | undefined } | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: 'Hexadecimal, a multiple of 4 KiB; empty: found from the log',
    value: hex(present) ?? '',
    validateInput: (text) => (isAddress(text) ? undefined : 'For example 0xfd000000.'),
  });
  if (typed === undefined) return undefined;
  return { value: typed.trim() === '' ? undefined : Number.parseInt(typed, 16) };
}

function hex(address: number | undefined): string | undefined {
  return address === undefined ? undefined : `0x${address.toString(16)}`;
}

function isAddress(text: string): boolean {
  return text.trim() === '' || /^\s*(0x)?[0-9a-f]{0,9}000\s*$/i.test(text);
}
