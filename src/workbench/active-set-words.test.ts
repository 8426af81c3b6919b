import { expect, it } from 'vitest';
import { changeWords } from './active-set-words';

it('says what a constraint does, also a soft one, whose violation has zero as its bound', () => {
  const change = { constraint: 'force', stage: 3 };
  expect(changeWords({ ...change, side: 'upper', becomes: 'inactive' })).toBe(
    'force leaves its upper bound at stage 3',
  );
  expect(changeWords({ ...change, side: 'lower', becomes: 'active' })).toBe('force reaches its lower bound at stage 3');
  expect(changeWords({ ...change, side: 'slackUpper', becomes: 'inactive' })).toBe(
    'force begins to violate its upper bound at stage 3',
  );
  expect(changeWords({ ...change, side: 'slackLower', becomes: 'active' })).toBe(
    'force no longer violates its lower bound at stage 3',
  );
});
