/** When a breakpoint stops, by the number of its hit (1 for the first of the recording). */
export interface HitCondition {
  readonly ok: true;
  readonly matches: (hit: number) => boolean;
  /** `at the 5th hit`, for people. */
  readonly explanation: string;
}

export interface HitConditionError {
  readonly ok: false;
  readonly message: string;
}

/** Compiles `5`, `== 5`, `!= 5`, `> 5`, `>= 5`, `< 5`, `<= 5` or `% 5` (every fifth hit). */
export function parseHitCondition(text: string): HitCondition | HitConditionError {
  const match = /^(==?|!=|>=?|<=?|%)?\s*(0x[0-9a-f]{1,12}|\d{1,15})$/i.exec(text.trim());
  const row = match && ROWS.find((each) => each.signs.includes(match[1] ?? ''));
  if (!match || !row) {
    return {
      ok: false,
      message: `"${text}" is not a hit count: write 5, >= 5, < 5 or % 5 (every fifth hit).`,
    };
  }
  const count = Number(match[2]);
  if (count === 0 && row.signs.includes('%')) {
    return { ok: false, message: 'Every 0th hit never comes: write % 1 or more.' };
  }
  return {
    ok: true,
    matches: (hit) => row.matches(hit, count),
    explanation: row.explanation.replace('N', String(count)),
  };
}

interface HitRow {
  readonly signs: readonly string[];
  readonly matches: (hit: number, count: number) => boolean;
  readonly explanation: string;
}

const ROWS: readonly HitRow[] = [
  { signs: ['', '=', '=='], matches: (hit, count) => hit === count, explanation: 'at hit N' },
  { signs: ['!='], matches: (hit, count) => hit !== count, explanation: 'at all hits but N' },
  { signs: ['>'], matches: (hit, count) => hit > count, explanation: 'after hit N' },
  { signs: ['>='], matches: (hit, count) => hit >= count, explanation: 'from hit N on' },
  { signs: ['<'], matches: (hit, count) => hit < count, explanation: 'before hit N' },
  { signs: ['<='], matches: (hit, count) => hit <= count, explanation: 'up to hit N' },
  { signs: ['%'], matches: (hit, count) => hit % count === 0, explanation: 'at every Nth hit' },
];
