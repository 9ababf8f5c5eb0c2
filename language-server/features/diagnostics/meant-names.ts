import { closeNames } from '../../../timeline/index.ts';
import type { Finding, Fix } from './finding.ts';

/** Sentences that say that a name is wrong, with the name; behind them stand others that could have been meant. */
const WRONG_NAME = [
  /^Nothing is called (?<name>[\w.]+)\..*? Did you mean (?<meant>.*)\?$/s,
  /^No (?:check|interrupt|command|engine) is called (?<name>.+?)\..*? Did you mean (?<meant>.*)\?$/s,
];
const WRONG_FIELD = / has no field (?<name>\w+): it has (?<all>.*)\.$/s;

/** A finding about a name in an expectation: at the name alone, with the names that were probably meant as fixes. */
export function withMeantNames(text: string, finding: Finding): Finding {
  const { message, columns: [from] = [0] } = finding;
  const [name, meant] = namesIn(message);
  const start = name === undefined ? -1 : text.indexOf(name, from);
  if (name === undefined || start < 0) return finding;
  const columns = [start, start + name.length] as const;
  const fixes = meant.map(
    (other): Fix => ({ title: `Change to ${other}`, part: 'columns', columns, text: other }),
  );
  return { ...finding, columns, fixes };
}

function namesIn(message: string): readonly [name: string | undefined, meant: readonly string[]] {
  for (const sentence of WRONG_NAME) {
    const { name, meant = '' } = sentence.exec(message)?.groups ?? {};
    if (name !== undefined) return [name, meant.split(' or ')];
  }
  const { name, all = '' } = WRONG_FIELD.exec(message)?.groups ?? {};
  return [name, name === undefined ? [] : closeNames(name, all.split(', '))];
}
