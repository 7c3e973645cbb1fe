import { describe, expect, test } from 'vitest';
import { ImportClient } from './import-client.ts';

describe('a file that means harm, or was made in haste', () => {
  test('loses only the rows that hold what is no text', async () => {
    await using client = await ImportClient.open();
    // The cut of a sample, a message and a header each goes through the middle of an emoji.
    const content = [
      `Company,Annual revenue,Remark ${'n'.repeat(186)}🎒 of the year,Other\u0000 remark`,
      `N\u00001,12,a,b`,
      `N2,${'9'.repeat(56)}🎒 million,a,b`,
      `N3,13,${'x'.repeat(199)}🎒,b`,
      `N4,14,a,b`,
    ].join('\n');
    const report = await client.import([{ name: 'companies.csv', content }], ({ files: [file] }) => {
      if (file) file.object = 'accounts';
    });
    expect(report.counts.accounts).toEqual({ created: 2, updated: 0, skipped: 0, failed: 2 });
    expect(new Set(report.reasons.map(({ firstLine }) => firstLine))).toEqual(new Set([2, 3]));
    const lines = (await client.errorFile(report)).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
  });
});
