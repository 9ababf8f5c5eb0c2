import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { READ_HOOKS, WRITE_HOOKS } from '../hooks.ts';
import {
  fieldMask,
  type PlatformTables,
  type RegisterDescriptor,
  RegisterMap,
} from '../mmio/register-map.ts';
import type { Platform, RegisterFlag, RegisterRow } from '../mmio/register-row.ts';
import { PLATFORMS, tablesOf } from '../platforms.ts';

/** What GVT-g tracks, as compiled from the kernel's own tables. */
interface TrackedRange {
  readonly offset: number;
  readonly bytes: number;
  readonly platforms: readonly Platform[];
  readonly secondVideoEngine: boolean;
  readonly flags: readonly string[];
  readonly readOnlyMask: number | undefined;
  readonly onRead: string;
  readonly onWrite: string;
}

const FIXTURE = fileURLToPath(
  new URL('../../test/fixtures/gvt-tracked-ranges.csv', import.meta.url),
);
const ALL: readonly PlatformTables[] = Object.values(PLATFORMS).flatMap(({ parts }) =>
  parts.levels.flatMap((gt) => parts.tables(gt) ?? []),
);

/** Tracked dwords without and with VCS1 (gvt-facts §2.2). */
const TRACKED: Readonly<Record<Platform, readonly [number, number]>> = {
  bdw: [1249, 1295],
  skl: [2019, 2066],
  kbl: [2020, 2067],
};

/** What a platform's driver uses (i915 bdw_init_clock_gating) though GVT-g tracks it on later ones only. */
const USED_UNTRACKED: Readonly<Partial<Record<Platform, readonly number[]>>> = { bdw: [0x42080] };

/**
 * Registers whose upper half is a write mask on hardware, which GVT-g leaves to their write handlers: requests for
 * resets and for force-wake.
 */
const MASKED_BY_HANDLER = /^(RING_RESET_CTL|FORCEWAKE_(MT|RENDER_GEN9|MEDIA_GEN9))$/;

const FLAG_NAMES: Readonly<Record<string, RegisterFlag>> = {
  CMD_ACCESS: 'cmd',
  GMADR: 'gmadr',
  UNALIGN: 'unalign',
  PM_SAVE: 'pm-save',
  CMD_WRITE_PATCH: 'patch',
};

/**
 * What stands here for each of GVT-g's handlers: a hook, or an access mode that does all of it; or why there is
 * nothing.
 */
const FOR_HANDLER: Readonly<Record<string, string>> = {
  'aux-channel': 'aux-control',
  'crt-adpa': 'crt',
  'csfe-guard': 'csfe-chicken',
  'dbuf-power': 'dbuf-control',
  'ddi-buf': 'ddi-buffer',
  'dp-status-w1c': 'dp-transport',
  'dp-train': 'dp-transport',
  'elsp-submit': 'elsp',
  'engine-reset-handshake': 'engine-reset-request',
  'fdi-iir-w1c': 'w1c',
  // One receiver of Broadwell trains itself; patterns are not followed.
  'fdi-train': 'unimplemented|fdi-auto-train',
  fence: 'fence',
  'flip-50080': 'plane-surface',
  'forcewake-ack': 'force-wake',
  gmbus: 'gmbus',
  'gpu-domain-reset': 'gdrst',
  'guc-dma-status': 'guc-dma',
  'hws-page': 'hws-page',
  'ips-enable-guard': 'gen9-gamw',
  'irq-ier': 'interrupt-enable',
  'irq-iir-w1c': 'interrupt-identity',
  'irq-imr': 'interrupt-mask',
  'irq-master': 'master-interrupt',
  'lcpll-bdw': 'lcpll',
  'lcpll-lock': 'lcpll',
  mbctl: 'mbctl',
  'nonpriv-whitelist': 'force-to-nonpriv',
  'panel-fitter-limit': 'plain: what a scaler is bound to is the guest’s own affair',
  'panel-power': 'panel-power',
  'pch-transcoder-enable': 'pch-transcoder-config',
  'pcode-mailbox': 'pcode-mailbox',
  'pipe-enable': 'pipe-config',
  'plane-flip-primary': 'plane-surface',
  'plane-flip-sprite': 'plane-surface',
  'power-well-hsw': 'power-well',
  'power-well-skl': 'power-well',
  'psr-zero': 'write-zero',
  pvinfo: 'plain: decided for the page as a whole',
  'ring-mode': 'ring-mode',
  'sbi-sideband': 'sbi',
  'south-chicken2-status': 'south-reset-request',
  'tlb-invalidate': 'write-zero',
  'trtt-chicken': 'plain: tells the host’s hardware only',
  'trtt-enable-guard': 'trtt',
  'unclaimed-w1c': 'fpga-debug',
  'vga-ctrl': 'plain: it only says something',
};

const FOR_READ_HANDLER: Readonly<Record<string, string>> = {
  'dpll-lock-derive': 'plain: kept by the writes that it follows',
  fence: 'fence',
  'fixed-value': 'display-constant',
  gmbus: 'gmbus-data',
  'guc-status-oneshot': 'guc-status',
  'host-live': 'plain: the register file stands for the hardware',
  pvinfo: 'plain: decided for the page as a whole',
  'sbi-sideband': 'plain: the answer is there with the command',
};

/** Blocks of registers of which one does it all. */
const ONE_FOR_ALL = /^((PCH_)?DP_AUX_CH_DATA[1-5]_[A-D]|GMBUS[0-2])$/;

/** What is missing for a handler of a register; undefined if nothing is. */
function lacks(row: RegisterRow, handler: string, known: Readonly<Record<string, string>>) {
  if (handler === '') return undefined;
  const expected = known[handler] ?? assert.fail(`nothing stands for ${handler}`);
  const here: readonly (string | undefined)[] = [row.onWrite, row.access, row.onRead];
  const stands = expected.split('|').some((name) => here.includes(name));
  return expected.startsWith('plain: ') || stands ? undefined : expected;
}

function trackedRanges(): TrackedRange[] {
  const [header, ...lines] = readFileSync(FIXTURE, 'utf8').trim().split('\n');
  const columns = header?.split(',') ?? [];
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    return {
      offset: Number(cell('offset')),
      bytes: Number(cell('bytes')),
      platforms: (['bdw', 'skl', 'kbl'] as const).filter((name) => cell(name) === '1'),
      secondVideoEngine: cell('vcs1_only') === '1',
      flags: cell('flags').split('|').filter(Boolean),
      readOnlyMask: cell('ro_mask') === '' ? undefined : Number(cell('ro_mask')),
      onRead: cell('on_read'),
      onWrite: cell('on_write'),
    };
  });
}

/** Ranges that a platform tracks; Broadwell's third-plane gamma ends where Skylake's goes on (gvt-facts §2.2). */
function rangesOf(tables: PlatformTables): TrackedRange[] {
  const gt3 = hasVcs1(tables);
  return trackedRanges()
    .filter((range) => range.platforms.includes(tables.platform))
    .filter((range) => gt3 || !range.secondVideoEngine)
    .map((range) =>
      tables.platform === 'bdw' && (range.offset & 0xff0fff) === 0x070440
        ? { ...range, bytes: 12 }
        : range,
    );
}

function dwordsOf(ranges: readonly TrackedRange[]): Set<number> {
  const dwords = new Set<number>();
  for (const { offset, bytes } of ranges) {
    for (let at = offset; at < offset + bytes; at += 4) dwords.add(at);
  }
  return dwords;
}

function hasVcs1({ engines }: PlatformTables): boolean {
  return engines.some(({ name }) => name === 'VCS1');
}

function descriptorsOf(map: RegisterMap): RegisterDescriptor[] {
  return map.descriptors.filter((descriptor) => descriptor !== undefined);
}

function hexOf(offset: number): string {
  return offset.toString(16).padStart(6, '0');
}

for (const tables of ALL) {
  describe(`tables of ${tables.title}`, () => {
    const map = new RegisterMap(tables);

    test('cover every dword that GVT-g tracks', () => {
      const missing: string[] = [];
      for (const range of rangesOf(tables)) {
        for (let at = range.offset; at < range.offset + range.bytes; at += 4) {
          if (!map.at(at)) missing.push(hexOf(at));
        }
      }
      assert.deepEqual(missing, []);
    });

    test('have no register that GVT-g tracks on others of these platforms only', () => {
      const here = dwordsOf(rangesOf(tables));
      const elsewhere = dwordsOf(trackedRanges().filter(({ platforms }) => platforms.length > 0));
      const used = USED_UNTRACKED[tables.platform] ?? [];
      const wrong = [...elsewhere].filter(
        (at) => !here.has(at) && !used.includes(at) && map.at(at),
      );
      assert.deepEqual(wrong.map(hexOf), []);
    });

    test('§2.2: cover as many dwords as GVT-g counts, blocks left out', () => {
      const counted = [...dwordsOf(rangesOf(tables).filter(({ bytes }) => bytes < 0x400))];
      const mocs = [...dwordsOf(rangesOf(tables).filter(({ offset }) => offset === 0xc800))];
      const second = hasVcs1(tables) ? 1 : 0;
      assert.equal(counted.length + mocs.length, TRACKED[tables.platform][second]);
    });

    test('have the flags that GVT-g gives a register', () => {
      const wrong: string[] = [];
      for (const range of rangesOf(tables)) {
        const expected = range.flags.flatMap((flag) => FLAG_NAMES[flag] ?? []).sort();
        for (let at = range.offset; at < range.offset + range.bytes; at += 4) {
          const row = map.at(at)?.row;
          const actual = [...(row?.flags ?? [])].sort();
          if (row && actual.join() !== expected.join()) {
            wrong.push(`${hexOf(at)} ${row.name}: ${actual.join()} for ${expected.join()}`);
          }
        }
      }
      assert.deepEqual(wrong, []);
    });

    test('mask and protect the bits that GVT-g does', () => {
      const wrong: string[] = [];
      for (const range of rangesOf(tables)) {
        const row = map.at(range.offset)?.row;
        const masked = range.flags.includes('MODE_MASK');
        if (row && !MASKED_BY_HANDLER.test(row.name) && (row.access === 'masked') !== masked) {
          wrong.push(`${hexOf(range.offset)} ${row.name} masked ${masked}`);
        }
        const protectedBits = row?.access === 'w1c' ? undefined : row?.readOnlyMask;
        if (protectedBits !== range.readOnlyMask) {
          wrong.push(`${hexOf(range.offset)} ${row?.name}: read-only ${range.readOnlyMask}`);
        }
      }
      assert.deepEqual(wrong, []);
    });

    test('gvt-facts §2, §8: do what GVT-g’s handlers do', () => {
      const wrong: string[] = [];
      for (const { offset, bytes, onRead, onWrite } of rangesOf(tables)) {
        for (let at = offset; at < offset + bytes; at += 4) {
          const row = map.at(at)?.row;
          if (!row || ONE_FOR_ALL.test(row.name)) continue;
          const missing = lacks(row, onWrite, FOR_HANDLER) ?? lacks(row, onRead, FOR_READ_HANDLER);
          if (missing !== undefined) wrong.push(`${hexOf(at)} ${row.name}: no ${missing}`);
        }
      }
      assert.deepEqual(wrong, []);
    });

    test('flag nothing that GVT-g does not track', () => {
      const tracked = dwordsOf(rangesOf(tables));
      const wrong = descriptorsOf(map).filter(
        ({ row, offset }) => (row.flags ?? []).length > 0 && !tracked.has(offset),
      );
      assert.deepEqual(
        wrong.map(({ name }) => name),
        [],
      );
    });

    test('give a source for every non-zero reset value', () => {
      const resets = descriptorsOf(map).filter(({ row }) => (row.reset?.value ?? 0) !== 0);
      assert.ok(resets.length > 20);
      for (const { name, row } of resets) {
        assert.match(
          row.reset?.source ?? '',
          /^(gvt-facts §|SKL PRM|fuse table:|golden state:)/,
          name,
        );
      }
    });

    test('claim each dword once, under names of their own', () => {
      const owners = new Map<number, string>();
      const names = new Set<string>();
      for (const { name, offset, count } of descriptorsOf(map)) {
        assert.ok(!names.has(name.toLowerCase()), `${name} is there twice`);
        names.add(name.toLowerCase());
        for (let at = offset; at < offset + count * 4; at += 4) {
          assert.equal(owners.get(at), undefined, `${name} at ${hexOf(at)}`);
          owners.set(at, name);
        }
      }
    });

    test('have fields that lie within the dword and apart', () => {
      for (const { name, row } of descriptorsOf(map)) {
        let used = 0;
        const names = new Set<string>();
        for (const field of row.fields ?? []) {
          const label = `${name}.${field.name}`;
          assert.match(field.name, /^[a-z][A-Za-z0-9]*$/, label);
          assert.ok(!names.has(field.name), `${label} is there twice`);
          names.add(field.name);
          assert.ok(field.low >= 0 && field.low <= field.high && field.high <= 31, label);
          const mask = fieldMask(field.low, field.high);
          assert.equal(used & mask, 0, `${label} overlaps`);
          used |= mask;
          const largest = 2 ** (field.high - field.low + 1) - 1;
          for (const value of Object.keys(field.values ?? {})) {
            assert.ok(Number(value) <= largest, `${label} cannot be ${value}`);
          }
        }
      }
    });

    test('name hooks that exist', () => {
      for (const { name, row } of descriptorsOf(map)) {
        if (row.onWrite) assert.equal(typeof WRITE_HOOKS[row.onWrite], 'function', name);
        if (row.onRead) assert.equal(typeof READ_HOOKS[row.onRead], 'function', name);
      }
    });
  });
}

/** Dwords that carry a flag, without and with VCS1 (gvt-facts §2.2). */
const FLAGGED = {
  ro: [61, 76],
  gmadr: [18, 21],
  masked: [47, 52],
  cmd: [757, 776],
  'pm-save': [2, 2],
  unalign: [6, 6],
  patch: [16, 17],
} as const;

test('gvt-facts §2.2: flags of Skylake by number, of registers that GVT-g tracks one by one', () => {
  [tablesOf('skl'), tablesOf('skl', 0x1926)].forEach((tables, part) => {
    const map = new RegisterMap(tables);
    const counts: Record<string, number> = {};
    const count = (flag: string) => {
      counts[flag] = (counts[flag] ?? 0) + 1;
    };
    for (const at of dwordsOf(
      rangesOf(tables).filter(({ bytes }) => bytes < 1024 || bytes === 2040),
    )) {
      const row = map.at(at)?.row;
      for (const flag of row?.flags ?? []) count(flag);
      if (row?.access === 'masked' && !MASKED_BY_HANDLER.test(row.name)) count('masked');
      if (row?.readOnlyMask !== undefined && row.access !== 'w1c') count('ro');
    }
    for (const [flag, numbers] of Object.entries(FLAGGED)) {
      assert.equal(counts[flag], numbers[part], `${flag} of ${tables.title}`);
    }
  });
});

test('Kaby Lake has what Skylake has, GAMT_CHKN_BIT_REG, and what its driver uses', () => {
  const names = (tables: PlatformTables) =>
    new Set(descriptorsOf(new RegisterMap(tables)).map(({ name }) => name));
  const skylake = names(tablesOf('skl'));
  const added = [...names(tablesOf('kbl'))].filter((name) => !skylake.has(name));
  assert.deepEqual(added.sort(), ['CHICKEN_MISC_2', 'GAMT_CHKN_BIT_REG']);
});
