/** Midnight at the start of 2025, UTC: when every guest is switched on. */
const SWITCHED_ON = Date.UTC(2025, 0, 1);

/** The class `Date` for the emulated clock chip, by guest time in milliseconds. */
export function guestDate(now: () => number): DateConstructor {
  return new Proxy(Date, {
    construct(target, args: readonly unknown[]) {
      return Reflect.construct(target, args.length === 0 ? [SWITCHED_ON + now()] : args);
    },
    get(target, name) {
      return name === 'now' ? () => Math.floor(SWITCHED_ON + now()) : Reflect.get(target, name);
    },
  });
}
