import { CompletionItemKind } from 'vscode-languageserver/node';
import { PLATFORMS, QUIRKS } from '../../../emulator/index.ts';
import { HEADER_KEYS } from '../../../trace/index.ts';
import type { Proposal, TypingPlace } from './proposal.ts';

/** Values of headers that have a known set, or a shape of which an example helps. */
const VALUES: Readonly<Record<string, () => readonly Proposal[]>> = {
  platform: () =>
    Object.entries(PLATFORMS).map(([label, { title }]) => ({
      label,
      kind: CompletionItemKind.EnumMember,
      detail: title,
    })),
  quirks: () =>
    QUIRKS.map(({ id, title }) => ({
      label: id,
      kind: CompletionItemKind.EnumMember,
      detail: title,
    })),
  pci: () =>
    Object.values(PLATFORMS).map(({ title, usual }) => ({
      label: `8086:${digits(usual.deviceId, 4)} rev ${digits(usual.revisionId, 2)}`,
      kind: CompletionItemKind.Value,
      detail: title,
    })),
  vgpu: () => [
    example('caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4', 'a slice'),
  ],
  bars: () => [example('0=d0000000/16M 2=c0000000/256M 4=a100/64', 'usual places and sizes')],
  monitor: () => [
    example('none', 'no monitor is connected'),
    example('hdmi port=B edid=', 'hexadecimal, whole blocks of 128 bytes'),
    example('dp port=B edid=', 'hexadecimal, whole blocks of 128 bytes'),
  ],
};

export function headerItems({ before, prefix }: TypingPlace): readonly Proposal[] {
  const key = /^\s*##\s*([a-z-]+):/.exec(prefix)?.[1];
  if (key !== undefined) return VALUES[key]?.() ?? [];
  if (before.length > 1) return [];
  return HEADER_KEYS.map(({ key: label, shape }) => ({
    label,
    kind: CompletionItemKind.Property,
    detail: shape,
    insert: before.length === 0 ? `## ${label}: ` : `${label}: `,
    ...(before.length === 0 ? { filter: `## ${label}` } : {}),
  }));
}

function example(label: string, detail: string): Proposal {
  return { label, kind: CompletionItemKind.Value, detail };
}

function digits(value: number, count: number): string {
  return value.toString(16).padStart(count, '0');
}
