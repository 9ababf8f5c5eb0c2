import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unexplainedWarnings } from './kernel-warnings.ts';

const AT_SMP =
  '[   63.419481] WARNING: CPU: 0 PID: 14 at kernel/smp.c:923 smp_call_function_many_cond+0x26e/0x280';
const report = (first: string, ...trace: readonly string[]) => [
  '[   63.419414] ------------[ cut here ]------------',
  first,
  '[   63.421533] Call Trace:',
  ...trace,
  '[   63.434254] ---[ end trace 0000000000000000 ]---',
];
const FLUSH = [
  '[   63.422178]  wbinvd_on_all_cpus+0x1d/0x30',
  '[   63.422327]  drm_clflush_virt_range+0x55/0x60 [drm]',
  '[   63.422991]  process_csb+0x23c/0x330 [i915]',
];

test('the flush without CLFLUSH is v86’s', () => {
  assert.deepEqual(unexplainedWarnings(report(AT_SMP, ...FLUSH)), []);
});

test('the same place reached by somebody else is not explained, nor another warning before it', () => {
  const other = report(AT_SMP, '[   63.4]  i915_gem_driver_release+0x1/0x2 [i915]');
  assert.deepEqual(unexplainedWarnings([...other, ...report(AT_SMP, ...FLUSH)]), [AT_SMP]);
  const drm =
    '[   64.0] WARNING: CPU: 0 PID: 99 at drivers/gpu/drm/i915/i915_irq.c:1 gen8_irq_handler+0x1/0x2 [i915]';
  assert.deepEqual(unexplainedWarnings([...report(drm), ...report(AT_SMP, ...FLUSH)]), [drm]);
  assert.deepEqual(unexplainedWarnings([drm]), [drm], 'a log that is cut off');
});
