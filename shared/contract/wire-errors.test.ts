import { expect, test } from 'vitest';
import * as fc from '#tests/support/property.ts';
import { errorCodes, SatchelError } from '../errors.ts';
import type { Message } from '../message.ts';
import { say, term } from '../message.ts';
import { fromWireError, toWireError } from './wire-errors.ts';

const { message } = fc.letrec<{ message: Message }>((tie) => ({
  message: fc.record({
    template: fc.string(),
    values: fc.array(fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), tie('message')), { maxLength: 3 }),
  }),
}));

test('an error crosses with its code, what it says in any language, and its details', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...errorCodes),
      message,
      fc.dictionary(fc.string(), fc.string()),
      (code, said, details) => {
        const wire = toWireError(new SatchelError(code, said, { details }));
        const arrived = fromWireError(Object.assign(wire, { data: JSON.parse(JSON.stringify(wire.data)) }));
        expect(arrived).toMatchObject({ code, said });
        expect((arrived as SatchelError).details).toEqual(details);
      },
    ),
  );
});

test('details cross whatever their keys are', () => {
  const details = JSON.parse(
    '{"__proto__":"a","constructor":"b","nested":{"__proto__":{"toString":1}}}',
  ) as Record<string, string>;
  const wire = toWireError(new SatchelError('invalid', say`No.`, { details }));
  const arrived = fromWireError(Object.assign(wire, { data: JSON.parse(JSON.stringify(wire.data)) }));
  expect(JSON.stringify((arrived as SatchelError).details)).toBe(JSON.stringify(details));
});

test('its message is what it says, in English', () => {
  expect(new SatchelError('conflict', say`This ${term('account')} is in the trash.`).message).toBe(
    'This account is in the trash.',
  );
});
