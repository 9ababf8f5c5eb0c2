import type { Bench } from '../figure.ts';
import { openingBench } from './opening.ts';
import { registersBench } from './registers.ts';

export const BENCHES: readonly Bench[] = [openingBench, registersBench];
