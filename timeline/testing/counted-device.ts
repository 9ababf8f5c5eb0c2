import type { DeviceListener, DeviceModel } from '../../emulator/index.ts';

/** How often a device was asked for what, and its listener told. */
export interface DeviceCounts {
  /** Accesses one by one. */
  singly: number;
  runs: number;
  /** Accesses in runs. */
  inRuns: number;
  saves: number;
  peeks: number;
  /** Events of registers, entries and memory that the listener heard of. */
  told: number;
}

/** The device, counting. */
export function counted(device: DeviceModel): { device: DeviceModel; counts: DeviceCounts } {
  const counts: DeviceCounts = { singly: 0, runs: 0, inRuns: 0, saves: 0, peeks: 0, told: 0 };
  const taken = (count: number) => {
    if (count > 0) counts.runs++;
    counts.inRuns += count;
    return count;
  };
  const own: Partial<DeviceModel> = {
    read: (...access) => {
      counts.singly++;
      return device.read(...access);
    },
    write: (...access) => {
      counts.singly++;
      device.write(...access);
    },
    runAccesses: (...run) => taken(device.runAccesses?.(...run) ?? 0),
    writeApertureRun: (...run) => taken(device.writeApertureRun?.(...run) ?? 0),
    peek: (...place) => {
      counts.peeks++;
      return device.peek(...place);
    },
    save: () => {
      counts.saves++;
      return device.save();
    },
    setListener: (listener) => device.setListener(listener && heard(listener, counts)),
  };
  return { device: around(device, own), counts };
}

/** The device, which takes accesses one by one alone, and tells its listener of everything. */
export function withoutRuns(device: DeviceModel): DeviceModel {
  return around(device, {
    runAccesses: undefined,
    writeApertureRun: undefined,
    setListener: (listener) =>
      device.setListener(listener && around(listener, { interest: undefined })),
  });
}

function heard(listener: DeviceListener, counts: DeviceCounts): DeviceListener {
  const { registerChanged, ggttEntryChanged, memoryWritten } = listener;
  const tell = () => void counts.told++;
  return around(listener, {
    ...(registerChanged && {
      registerChanged: (...event) => {
        tell();
        registerChanged.apply(listener, event);
      },
    }),
    ...(ggttEntryChanged && {
      ggttEntryChanged: (...event) => {
        tell();
        ggttEntryChanged.apply(listener, event);
      },
    }),
    ...(memoryWritten && {
      memoryWritten: (...event) => {
        tell();
        memoryWritten.apply(listener, event);
      },
    }),
  });
}

/** `base`, with `own` in place of what it has of these names. */
function around<T extends object>(base: T, own: { readonly [K in keyof T]?: T[K] | undefined }): T {
  return new Proxy(base, {
    get(target, name) {
      if (name in own) return Reflect.get(own, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
