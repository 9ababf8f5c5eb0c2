import { testScenarios } from './support/scenario-tests.ts';

testScenarios('stock', 'kmscube');
