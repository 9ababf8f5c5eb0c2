import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCommandPattern, compileInterruptPattern } from './event-pattern.ts';

const NAMES = {
  engines: ['RCS0', 'VCS0', 'VCS1'],
  commands: ['MI_NOOP', 'MI_FLUSH_DW', 'PIPE_CONTROL', '3DSTATE_VS', '3DSTATE_PS'],
  interrupts: ['MSI', 'RCS0 user interrupt', 'pipe A vblank'],
};

/** Which of these steps a pattern is hit by. */
function commands(pattern: string): string[] {
  const compiled = compileCommandPattern(pattern, NAMES);
  if (!compiled.ok) return [compiled.message];
  return NAMES.engines.flatMap((engine) =>
    NAMES.commands
      .filter((name) => compiled.matches({ engine, kind: 'command', name, depth: 0 }))
      .map((name) => `${engine}:${name}`),
  );
}

test('a command is meant on all engines, or on those that are named', () => {
  assert.deepEqual(commands(' pipe_control '), [
    'RCS0:PIPE_CONTROL',
    'VCS0:PIPE_CONTROL',
    'VCS1:PIPE_CONTROL',
  ]);
  assert.deepEqual(commands('RCS0:3dstate_*'), ['RCS0:3DSTATE_VS', 'RCS0:3DSTATE_PS']);
  assert.deepEqual(commands('VCS* : MI_NOOP'), ['VCS0:MI_NOOP', 'VCS1:MI_NOOP']);
});

test('what is meant is said, and what nothing is called', () => {
  const said = (pattern: string) => {
    const compiled = compileCommandPattern(pattern, NAMES);
    return compiled.ok ? compiled.explanation : compiled.message;
  };
  assert.equal(said('MI_NOOP'), 'command MI_NOOP');
  assert.equal(said('VCS?:MI_*'), '2 commands: MI_NOOP, MI_FLUSH_DW on VCS0, VCS1');
  assert.equal(said('MI_NOP'), 'No command is called MI_NOP. Did you mean MI_NOOP?');
  assert.equal(said('GCS0:MI_NOOP'), 'No engine is called GCS0; there are RCS0, VCS0, VCS1.');
});

test('a step that is no command is never meant', () => {
  const compiled = compileCommandPattern('*', NAMES);
  assert.ok(compiled.ok);
  assert.equal(compiled.matches({ engine: 'RCS0', kind: 'restore', depth: 0 }), false);
});

test('interrupts are those that the guest gets, or those that it does not', () => {
  const event = { kind: 'event', name: 'pipe A vblank' } as const;
  for (const dropped of [false, true]) {
    const compiled = compileInterruptPattern('*vblank', NAMES, dropped);
    assert.ok(compiled.ok);
    assert.equal(compiled.matches({ ...event, delivered: true }), !dropped);
    assert.equal(compiled.matches({ ...event, delivered: false }), dropped);
    assert.equal(compiled.matches({ kind: 'msi', name: 'MSI', delivered: !dropped }), false);
  }
  const unknown = compileInterruptPattern('RCS0 user', NAMES);
  assert.match(unknown.ok ? '' : unknown.message, /Did you mean RCS0 user interrupt\?/);
});
