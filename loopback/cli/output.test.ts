import { afterEach, expect, test, vi } from 'vitest';
import { reportFailure } from './output.ts';

afterEach(() => vi.restoreAllMocks());

test('a file that the system does not give is the person’s to mend, not a defect', () => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const refused = Object.assign(new Error('EACCES: permission denied'), {
    code: 'EACCES',
    path: '/etc/shadow',
  });
  reportFailure(refused, { json: false });
  expect(said).toEqual(['satchel: Your user has no right to use /etc/shadow.\n']);
});
