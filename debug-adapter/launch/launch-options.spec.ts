import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseLaunchOptions } from './launch-options.ts';

describe('a launch configuration', () => {
  test('needs nothing but the trace', () => {
    assert.deepEqual(parseLaunchOptions({ trace: 'boot.vgpu' }), {
      traces: [{ path: 'boot.vgpu', golden: undefined }],
      stopOnEntry: true,
      stopAtLine: undefined,
      skip: [],
      compare: 'compare',
      policy: undefined,
      hypervisor: undefined,
      schedule: 'at-once',
      interleave: 'time',
      unknownByte: undefined,
      noDebug: false,
      reading: {},
      slice: undefined,
    });
  });

  test('may say more', () => {
    const given = {
      trace: 'a',
      stopOnEntry: false,
      stopAtLine: 7,
      skip: ['GPIO*'],
      compare: 'force',
      policy: 'gvt-g',
      hypervisor: 'xen',
      schedule: 'sliced',
      unknownByte: 63,
    };
    const texts = { device: '00:02.0', model: 'recorded', registers: 'x.svd' };
    const golden = 'host.golden_hw_state';
    const slice = 'mappable=81000+4000000 hidden=10000000+18000000 fences=4';
    const bars = { bar0: '0xfd000000', bar2: 'E0000000' };
    const options = parseLaunchOptions({
      ...given,
      ...texts,
      ...bars,
      golden,
      slice,
      name: 'mine',
      type: 'vgpu',
      request: 'launch',
    });
    const reading = { ...texts, bar0: 0xfd000000, bar2: 0xe0000000 };
    const { trace, ...more } = given;
    assert.deepEqual(options, {
      ...more,
      interleave: 'time',
      traces: [{ path: trace, golden: 'host.golden_hw_state' }],
      noDebug: false,
      reading,
      slice: {
        mappableBase: 0x81000,
        mappableSize: 0x4000000,
        hiddenBase: 0x10000000,
        hiddenSize: 0x18000000,
        fences: 4,
      },
    });
    const two = { traces: ['a', 'b'], slice };
    assert.throws(() => parseLaunchOptions(two), /guests of one host have a slice each/);
  });

  test('names several recordings for one host', () => {
    const paths = parseLaunchOptions({ traces: ['a', 'b'] }).traces.map(({ path }) => path);
    assert.deepEqual(paths, ['a', 'b']);
    assert.equal(parseLaunchOptions({ traces: ['a', 'b'], interleave: 7 }).interleave, 7);
  });

  test('gives each recording the registers of its host, or all of them the same', () => {
    const traces = ['a', { trace: 'b', golden: 'of b' }, { trace: 'c' }];
    const golden = (given: object) =>
      parseLaunchOptions({ traces, ...given }).traces.map((each) => [each.path, each.golden]);
    assert.deepEqual(golden({}), [
      ['a', undefined],
      ['b', 'of b'],
      ['c', undefined],
    ]);
    assert.deepEqual(golden({ golden: 'of all' }), [
      ['a', 'of all'],
      ['b', 'of b'],
      ['c', 'of all'],
    ]);
  });

  test('with a wrong attribute is refused in a sentence that names it', () => {
    const wrong: [object, RegExp][] = [
      [{ trace: '' }, /"trace" must be the path of a recording/],
      [{ trace: 5 }, /"trace" must be the path of a recording, not 5/],
      [{ tarce: 'a' }, /needs "trace".* It has "tarce"\./],
      [{ trace: 'a', skip: [1, 'x'.repeat(1000)] }, /"skip" must be .{0,200}…\.$/],
      [
        { trace: 'a', bar0: '0x1234' },
        /"bar0" must be a hexadecimal address at a multiple of 4 KiB/,
      ],
      [{ trace: 'a', stopOnEntry: 'no' }, /"stopOnEntry" must be true or false, not "no"/],
      [{ trace: 'a', stopAtLine: 0 }, /"stopAtLine" must be the number of a line/],
      [{ traces: ['a'], interleave: 0 }, /"interleave" must be "time" or a number of records/],
      [{ traces: ['a'], interleave: 'often' }, /"interleave" must be "time" or a number/],
      [{ traces: ['a'], interleave: 5, schedule: 'sliced' }, /time slices need one clock/],
      [{ trace: 'a', skip: 'GPIO' }, /"skip" must be a list of register patterns/],
      [{ trace: 'a', skip: [1] }, /"skip" must be a list of register patterns/],
      [{ trace: 'a', unknownByte: 256 }, /"unknownByte" must be a number from 0 to 255/],
      [{ trace: 'a', compare: 'maybe' }, /"compare" must be one of compare, force, ignore/],
      [{ trace: 'a', traces: ['b'] }, /"trace", for one recording, or "traces", .* not both/],
      [{ traces: [] }, /"traces" must be a list of the paths of 1 to 7 recordings, not \[\]/],
      [{ traces: new Array(8).fill('a') }, /1 to 7 recordings, not \["a","a"/],
      [{ traces: 'a' }, /"traces" must be a list .*, not "a"/],
      [{ traces: ['a', 1] }, /"traces" must be a list .*, not \["a",1\]/],
      [{ traces: [{ golden: 'g' }] }, /"traces" must be a list .*, not \[\{"golden":"g"\}\]/],
      [{ traces: [{ trace: 'a', golden: 5 }] }, /"golden" must be text, not 5/],
      [{ trace: 'a', golden: [] }, /"golden" must be text, not \[\]/],
      [{ trace: 'a', policy: 'kvmgt' }, /"policy" must be one of hardware, gvt-g, not "kvmgt"/],
      [{ trace: 'a', hypervisor: 'qemu' }, /"hypervisor" must be one of kvm, kvmgt, xen/],
      [{ trace: 'a', schedule: 1 }, /"schedule" must be one of at-once, sliced, not 1/],
    ];
    for (const [given, sentence] of wrong) assert.throws(() => parseLaunchOptions(given), sentence);
  });
});
