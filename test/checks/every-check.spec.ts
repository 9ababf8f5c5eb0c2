import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CHECKS, GuestsViews, HostDevice } from '../../emulator/index.ts';
import {
  createLocalSession,
  hostFor,
  modelFor,
  REGISTER_NAMES,
  type TimelineSession,
} from '../../timeline/index.ts';
import { openTrace } from '../../trace/index.ts';
import { BROKEN_RULES, type BrokenRule } from './broken-rules.ts';
import { linesOf } from './traced-vgpu.ts';

async function sessionOf(rule: BrokenRule): Promise<TimelineSession> {
  const { header = [], lines, play, policy, base } = rule;
  const change = policy === undefined ? {} : { policy };
  const body =
    lines ?? linesOf(play ?? (() => {}), { ...change, ...(base === undefined ? {} : { base }) });
  const text = ['## platform: skl', ...header, ...body, ''].join('\n');
  const trace = await openTrace([new TextEncoder().encode(text)], {
    name: `${rule.check}.vgpu`,
    registers: REGISTER_NAMES,
  });
  assert.deepEqual(trace.diagnostics, []);
  const model = modelFor(trace, { overrides: change });
  assert.ok(!('problem' in model));
  if (rule.hypervisor === undefined) return createLocalSession({ trace, ...model });
  const made = hostFor([trace], { hypervisor: rule.hypervisor });
  assert.ok(!('problem' in made));
  const device = new HostDevice(made.host, made.vgpus);
  return createLocalSession({ ...model, trace, device, views: new GuestsViews(device) });
}

const token = { cancelled: false };

describe('each check is broken through a session', () => {
  for (const rule of BROKEN_RULES) {
    test(rule.check, async () => {
      const session = await sessionOf(rule);
      await session.setBreakpoints([{ id: 1, place: { kind: 'fault', checks: [rule.check] } }]);
      const stop = await session.resume('forward', token);
      assert.equal(stop.reason, 'breakpoint');
      assert.deepEqual([...new Set(stop.faults?.map(({ check }) => check))], [rule.check]);
    });
  }
});

test('a monitor that cannot be plugged is told when the host’s file is written', async () => {
  const session = await sessionOf({
    check: 'hotplug-unsupported',
    hypervisor: 'kvm',
    lines: ['R32 0x78000 ?'],
  });
  const seen: string[] = [];
  session.setListener({ fault: ({ fault: { check } }) => seen.push(check) });
  const path = '/sys/kernel/vgt/vm1/PORT_B/connection';
  await assert.rejects(session.writeHostFile(path, 'connect'), /no monitor that can be plugged/);
  assert.deepEqual(seen, ['hotplug-unsupported']);
});

test('no check is left that neither a session can find nor its row explains', () => {
  const found = new Set([...BROKEN_RULES.map(({ check }) => check), 'hotplug-unsupported']);
  const others = CHECKS.filter(({ id }) => !found.has(id));
  assert.deepEqual(
    others.map(({ id }) => id),
    ['access-size', 'page-table-leak'],
  );
  for (const row of others) {
    assert.match('where' in row ? row.where : '', /^only programs that drive the model/);
  }
  assert.deepEqual(
    BROKEN_RULES.map(({ check }) => check),
    CHECKS.map(({ id }) => id).filter((id) => BROKEN_RULES.some(({ check }) => check === id)),
    'in the order of the table',
  );
});
