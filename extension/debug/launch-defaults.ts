/** What a session of VS Code gets where its configuration says nothing. */
export const LAUNCH_DEFAULTS = {
  stopOnEntry: true,
  /** "?": VS Code's memory view shows bytes that cannot be read as zeros, which would look real. */
  unknownByte: 0x3f,
} as const;
