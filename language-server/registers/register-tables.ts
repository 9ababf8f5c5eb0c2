import {
  COMMANDS,
  type CommandRow,
  commandTable,
  eventNames,
  isSupportedPlatform,
  PLATFORMS,
  type Platform,
  type RegisterDirectory,
  type RegisterInfo,
  registerDirectory,
} from '../../emulator/index.ts';
import { meaningOfName } from '../../timeline/index.ts';
import type { DeviceDescription, RegisterNames } from '../../trace/index.ts';

/** Whose tables a trace is read with where it does not say what it was recorded on. */
export const DEFAULT_PLATFORM: Platform = 'skl';

/** Everything that the tables say of one device. */
export interface RegisterTables {
  /** `skl`, or `skl-1932` for another device than the usual: names the table's document. */
  readonly id: string;
  readonly platform: Platform;
  /** `Skylake`. */
  readonly title: string;
  readonly directory: RegisterDirectory;
  readonly registers: readonly RegisterInfo[];
  readonly names: readonly string[];
  readonly engines: readonly string[];
  /** For the readers of traces. */
  readonly resolver: RegisterNames;
  /** The command that begins with this dword on an engine, by its name in any letter case. */
  command(engine: string, header: number): CommandRow | undefined;
  readonly commandRows: readonly CommandRow[];
}

const known = new Map<string, RegisterTables>();

/** Made once for each device; where a header says nothing it is Skylake. */
export function tablesFor(
  device: Pick<DeviceDescription, 'platform' | 'deviceId'>,
): RegisterTables {
  const { platform: name = DEFAULT_PLATFORM, deviceId } = device;
  const platform = isSupportedPlatform(name) ? name : DEFAULT_PLATFORM;
  const isUsual = deviceId === undefined || deviceId === PLATFORMS[platform].usual.deviceId;
  return tablesById(isUsual ? platform : `${platform}-${deviceId.toString(16)}`);
}

/** Undefined for what no document of tables is called. */
export function findTables(id: string): RegisterTables | undefined {
  const [platform = '', device] = id.split('-');
  if (!isSupportedPlatform(platform)) return undefined;
  if (device !== undefined && !/^[0-9a-f]{1,4}$/.test(device)) return undefined;
  return tablesById(id);
}

function tablesById(id: string): RegisterTables {
  const tables = known.get(id) ?? makeTables(id);
  known.set(id, tables);
  return tables;
}

function makeTables(id: string): RegisterTables {
  const [name = '', device] = id.split('-');
  const platform = isSupportedPlatform(name) ? name : DEFAULT_PLATFORM;
  const deviceId = device === undefined ? undefined : Number.parseInt(device, 16);
  const directory = registerDirectory(platform, deviceId);
  const { engines } = eventNames(platform, deviceId);
  return {
    id,
    platform,
    title: PLATFORMS[platform].title,
    directory,
    registers: directory.all(),
    names: directory.names(),
    engines,
    resolver: {
      offsetOf: (register) => directory.named(register)?.offset,
      meaningOf: (word) => meaningOfName(word, directory),
    },
    command(engine, header) {
      const wanted = engine.toUpperCase();
      const found = engines.find((each) => each === wanted);
      const asked = found === undefined ? engines : [found];
      for (const each of asked) {
        const row = commandTable(platform, each).find(header);
        if (row !== undefined) return row;
      }
      return undefined;
    },
    commandRows: COMMANDS,
  };
}
