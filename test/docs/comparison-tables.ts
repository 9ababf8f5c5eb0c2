import { QUIRKS } from '../../emulator/index.ts';
import {
  DUMP_EXPLANATIONS,
  EXECUTION_REGISTERS,
  EXPLAINED_RULES,
  HOST_REGISTERS,
  HOST_VALUES,
  RESULT_RULES,
  TRACEPOINT_RULES,
  VOLATILE_REGISTERS,
} from '../../timeline/index.ts';
import { markdown } from './markdown.ts';

/** The tables of docs/comparison.md by the name of their markers, as the program has them. */
export function comparisonTables(): Readonly<Record<string, string>> {
  return {
    volatile: markdown(
      ['offset', 'register', 'reason', 'source'],
      VOLATILE_REGISTERS.map(({ offset, name, reason, source }) => [
        hex(offset),
        name,
        reason,
        source,
      ]),
    ),
    execution: markdown(
      ['offset', 'register', 'reason', 'source'],
      EXECUTION_REGISTERS.map(({ offset, name, reason, source }) => [
        hex(offset),
        name,
        reason,
        source,
      ]),
    ),
    results: markdown(
      ['rule', 'fact', 'source'],
      RESULT_RULES.map(({ id, fact, source }) => [`\`${id}\``, fact, source]),
    ),
    tracepoints: markdown(
      ['rule', 'fact', 'source'],
      TRACEPOINT_RULES.map(({ id, fact, source }) => [`\`${id}\``, fact, source]),
    ),
    quirks: markdown(
      ['quirk', 'what it is', 'what is right'],
      QUIRKS.map(({ id, title, source }) => [`\`${id}\``, title, source]),
    ),
    host: markdown(
      ['offset', 'register', 'why it is not compared'],
      HOST_REGISTERS.map(({ offset, name, reason }) => [hex(offset), name, reason]),
    ),
    'host-values': markdown(
      ['offset', 'register', 'value of the host', 'who left it'],
      HOST_VALUES.map(({ offset, name, value, reason }) => [
        hex(offset),
        name,
        `0x${value.toString(16)}`,
        reason,
      ]),
    ),
    dump: markdown(
      ['offset', 'register', 'the host’s', 'reason', 'source'],
      DUMP_EXPLANATIONS.map(({ offset, name, fromHost, reason, source }) => [
        hex(offset),
        name,
        fromHost ? 'yes' : 'no',
        reason,
        source,
      ]),
    ),
    rules: markdown(
      ['rule', 'fact', 'source'],
      EXPLAINED_RULES.map(({ id, fact, source }) => [`\`${id}\``, fact, source]),
    ),
  };
}

function hex(offset: number): string {
  return `0x${offset.toString(16).padStart(5, '0')}`;
}
