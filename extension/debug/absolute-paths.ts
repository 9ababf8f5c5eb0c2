/** What a launch configuration names files by. Whatever is no text is the adapter's to refuse. */
type Configuration = Readonly<Record<string, unknown>>;

const PATHS = ['trace', 'golden', 'registers'];

/** The same configuration with the paths of its files absolute; `absolute` makes them so. */
export function withAbsolutePaths<C extends Configuration>(
  configuration: C,
  absolute: (file: string) => string,
): C {
  const { traces } = configuration;
  const list = Array.isArray(traces)
    ? { traces: traces.map((each: unknown) => entryOf(each, absolute)) }
    : {};
  return { ...configuration, ...pathsOf(configuration, absolute), ...list };
}

/** An entry of `traces`: a path, or a recording with the registers of its host. */
function entryOf(entry: unknown, absolute: (file: string) => string): unknown {
  if (typeof entry === 'string') return entry === '' ? entry : absolute(entry);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  const given: Configuration = Object.fromEntries(Object.entries(entry));
  return { ...given, ...pathsOf(given, absolute) };
}

function pathsOf(given: Configuration, absolute: (file: string) => string): Configuration {
  return Object.fromEntries(
    PATHS.flatMap((name) => {
      const file = given[name];
      return typeof file === 'string' && file !== '' ? [[name, absolute(file)]] : [];
    }),
  );
}
