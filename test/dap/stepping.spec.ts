import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { currentLine, evaluate, FIRST_STEPS, goTo, lineBeginning } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const adapter = sharedClient((client) => client.open(FIRST_STEPS));

describe('stepping', () => {
  const step = (command: 'next' | 'stepBack' | 'stepIn' | 'stepOut') =>
    adapter().stopAfter(() => adapter().send(command, { threadId: 1 }));

  test('goes to the next access and back', async () => {
    await goTo(adapter(), lineBeginning('W32 RCS0.RING_START'));
    assert.equal((await step('next')).reason, 'step');
    assert.equal(await currentLine(adapter()), lineBeginning('W32 RCS0.RING_HEAD'));
    await step('stepBack');
    assert.equal(await currentLine(adapter()), lineBeginning('W32 RCS0.RING_START'));
    await step('stepIn');
    assert.equal(await currentLine(adapter()), lineBeginning('W32 RCS0.RING_HEAD'));
  });

  test('undoes and redoes what an access did', async () => {
    await goTo(adapter(), lineBeginning('W32 RCS0.RING_TAIL'));
    assert.equal(await evaluate(adapter(), 'RCS0.RING_TAIL == 0', 'watch'), 'true');
    await step('next');
    assert.equal(await evaluate(adapter(), 'RCS0.RING_TAIL == 0x40', 'watch'), 'true');
    await step('stepBack');
    assert.equal(await evaluate(adapter(), 'RCS0.RING_TAIL == 0', 'watch'), 'true');
  });
});
