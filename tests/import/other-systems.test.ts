import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv, ImportClient, type SmallFile } from './import-client.ts';

// Files in the shape in which other systems export, with the column names of their documentation and rows of our own.

let client: ImportClient;
beforeAll(async () => {
  client = await ImportClient.open();
});
afterAll(() => client[Symbol.asyncDispose]());

/** What each column of a file goes to: `field`, `→link by how`, or `+custom`; columns that go nowhere are left out. */
async function mappingOf(...files: SmallFile[]) {
  const { plan, questions } = await client.client.imports.inspect({
    uploadIds: await Promise.all(files.map((file) => client.upload(file))),
  });
  expect(questions.map(({ message }) => message)).toEqual([]);
  const targets = plan.files.map(({ object, columns }) => ({
    object,
    columns: Object.fromEntries(
      columns.flatMap(({ header, target }) => {
        if (target.kind === 'ignore') return [];
        if (target.kind === 'link') return [[header, `→${target.field} by ${target.by}`]];
        return [[header, target.kind === 'field' ? target.field : `+${target.key}`]];
      }),
    ),
  }));
  return { plan, targets };
}

describe('Salesforce', () => {
  const accounts = csv(
    'Account.csv',
    '"Id","IsDeleted","MasterRecordId","Name","Type","ParentId","BillingStreet","BillingCity","BillingState","BillingPostalCode","BillingCountry","Phone","Website","Industry","AnnualRevenue","NumberOfEmployees","Description","OwnerId","CreatedDate"',
    '"0015g00000A1AAA","0","","Halden Marine AS","Customer","","Storgata 1","Halden","Viken","1771","Norway","+47 69 17 00 00","https://halden.example","Shipping","12500000.0","85","","0055g000001AAAA","2024-03-02 09:11:02"',
    '"0015g00000A2AAA","0","","Halden Subsea AS","Customer","0015g00000A1AAA","Storgata 3","Halden","Viken","1771","Norway","+47 69 17 00 10","https://subsea.example","Shipping","2500000.0","12","","0055g000001AAAA","2024-03-05 10:00:00"',
  );
  const contacts = csv(
    'Contact.csv',
    '"Id","IsDeleted","AccountId","LastName","FirstName","Salutation","Name","MailingStreet","MailingCity","MailingCountry","Phone","MobilePhone","Email","Title","LeadSource","Birthdate","OwnerId","CreatedDate"',
    '"0035g00000B1AAA","0","0015g00000A1AAA","Berg","Ingrid","Ms.","Ingrid Berg","Storgata 1","Halden","Norway","+47 69 17 00 01","+47 900 11 222","ingrid@halden.example","Head of Fleet","Web","1984-02-11","0055g000001AAAA","2024-03-02 09:20:00"',
  );
  const deals = csv(
    'Opportunity.csv',
    '"Id","IsDeleted","AccountId","Name","Description","StageName","Amount","Probability","ExpectedRevenue","CloseDate","NextStep","LeadSource","IsClosed","IsWon","ForecastCategory","OwnerId","CreatedDate"',
    '"0065g00000C1AAA","0","0015g00000A2AAA","Subsea sensors","","Proposal/Price Quote","48000.0","75","36000.0","2024-09-30","Send the offer","Web","0","0","Pipeline","0055g000001AAAA","2024-04-01 08:00:00"',
    '"0065g00000C2AAA","0","0015g00000A1AAA","Fleet renewal","","Closed Won","91000.0","100","91000.0","2024-06-15","","Web","1","1","Closed","0055g000001AAAA","2024-04-02 08:00:00"',
  );
  test('a data export is linked by its ids', async () => {
    const { plan, targets } = await mappingOf(deals, contacts, accounts);
    expect(targets.map(({ object }) => object)).toEqual(['opportunities', 'contacts', 'accounts']);
    expect(targets[2]?.columns).toMatchObject({
      Id: 'sourceId',
      Name: 'name',
      ParentId: '→parentAccountId by source_id',
      BillingCity: 'addressCity',
      Phone: 'phoneOffice',
      Website: 'website',
      NumberOfEmployees: 'employeeCount',
      AnnualRevenue: 'annualRevenue',
    });
    expect(targets[1]?.columns).toMatchObject({
      Id: 'sourceId',
      AccountId: '→accountId by source_id',
      FirstName: 'firstName',
      LastName: 'lastName',
      Salutation: 'salutation',
      Email: 'email',
      MobilePhone: 'phoneMobile',
      Title: 'jobTitle',
      Birthdate: 'birthday',
    });
    expect(targets[0]?.columns).toMatchObject({
      Id: 'externalRef',
      Name: 'name',
      AccountId: '→accountId by source_id',
      StageName: 'stage',
      Amount: 'amount',
      CloseDate: 'closeDate',
      NextStep: 'nextStep',
    });
    const report = await client.run(plan);
    expect(report.reasons).toEqual([]);
    expect(
      await client.rows(
        `SELECT o.name, o.stage::text, o.amount::integer, a.name AS account, p.name AS parent FROM opportunities o
         JOIN accounts a ON a.id = o.account_id LEFT JOIN accounts p ON p.id = a.parent_account_id ORDER BY o.name`,
      ),
    ).toEqual([
      {
        name: 'Fleet renewal',
        stage: 'closed_won',
        amount: 91_000,
        account: 'Halden Marine AS',
        parent: null,
      },
      {
        name: 'Subsea sensors',
        stage: 'proposal',
        amount: 48_000,
        account: 'Halden Subsea AS',
        parent: 'Halden Marine AS',
      },
    ]);
  });
});

test('Pipedrive', async () => {
  const { targets } = await mappingOf(
    csv(
      'deals-4711-3.csv',
      'Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Organization,Deal - Contact person,Deal - Status,Deal - Stage,Deal - Expected close date,Deal - Owner,Deal - Probability,Deal - Add time',
      '17,Roof of hall 2,18500,EUR,Ziegelei Brandt,Jonas Brandt,Open,Negotiations Started,2024-10-01,Mara Winter,60,2024-05-03 10:21:33',
      '18,Maintenance 2025,4200,EUR,Ziegelei Brandt,Jonas Brandt,Won,Proposal Made,2024-08-20,Mara Winter,80,2024-05-04 11:00:00',
    ),
    csv(
      'people-4711-1.csv',
      'Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Owner',
      '5,Jonas Brandt,Ziegelei Brandt,jonas@brandt.example,+49 30 1234567,Mara Winter',
    ),
    csv(
      'organizations-4711-2.csv',
      'Organization - ID,Organization - Name,Organization - Address,Organization - Owner',
      '3,Ziegelei Brandt,"Am Wald 4, 15711 Königs Wusterhausen",Mara Winter',
    ),
  );
  expect(targets).toMatchObject([
    {
      object: 'opportunities',
      columns: {
        'Deal - ID': 'externalRef',
        'Deal - Title': 'name',
        'Deal - Value': 'amount',
        'Deal - Currency': 'currency',
        'Deal - Organization': '→accountId by name',
        'Deal - Contact person': '→contactId by name',
        'Deal - Status': 'status',
        'Deal - Stage': 'stage',
        'Deal - Expected close date': 'closeDate',
        'Deal - Owner': '→ownerId by name',
        'Deal - Probability': 'probability',
      },
    },
    {
      object: 'contacts',
      columns: {
        'Person - Name': 'fullName',
        'Person - Organization': '→accountId by name',
        'Person - Email - Work': 'email',
        'Person - Phone - Work': 'phoneWork',
      },
    },
    {
      object: 'accounts',
      columns: { 'Organization - Name': 'name', 'Organization - Address': 'addressStreet' },
    },
  ]);
});

test('Zoho', async () => {
  const { targets } = await mappingOf(
    csv(
      'Contacts_2024_05_01.csv',
      'Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account Name.id,Account Name,Email,Title,Phone,Mobile,Mailing Street,Mailing City,Mailing Zip,Mailing Country',
      'zcrm_4150868000000601001,zcrm_4150868000000225013,Nia Okoro,Trade Show,Tunde,Bello,zcrm_4150868000000601111,Lagos Cold Chain,tunde@coldchain.example,Buyer,+234 1 270 0000,+234 803 000 0000,1 Marina,Lagos,101221,Nigeria',
    ),
    csv(
      'Deals_2024_05_01.csv',
      'Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Probability (%),Contact Name.id,Contact Name,Next Step,Lead Source',
      'zcrm_4150868000000602001,zcrm_4150868000000225013,Nia Okoro,75000,Reefer trucks,2024-12-31,zcrm_4150868000000601111,Lagos Cold Chain,Negotiation/Review,80,zcrm_4150868000000601001,Tunde Bello,Call on Monday,Trade Show',
    ),
  );
  expect(targets).toMatchObject([
    {
      object: 'contacts',
      columns: {
        'Record Id': 'sourceId',
        'Contact Owner': '→ownerId by name',
        'First Name': 'firstName',
        'Account Name': '→accountId by name',
        Email: 'email',
        Title: 'jobTitle',
        Mobile: 'phoneMobile',
        'Mailing Zip': 'addressPostalCode',
      },
    },
    {
      object: 'opportunities',
      columns: {
        'Record Id': 'externalRef',
        'Deal Owner': '→ownerId by name',
        Amount: 'amount',
        'Deal Name': 'name',
        'Closing Date': 'closeDate',
        'Account Name': '→accountId by name',
        Stage: 'stage',
        'Probability (%)': 'probability',
        'Contact Name': '→contactId by name',
      },
    },
  ]);
  const customs = targets
    .flatMap(({ columns }) => Object.values(columns))
    .filter((target) => target.startsWith('+'));
  expect(customs).toEqual([]);
});

test('Google Contacts', async () => {
  const { targets } = await mappingOf(
    csv(
      'contacts.csv',
      'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address',
      'Lucía,,Prieto,,,,,,,,Bodegas Prieto,Gerente,,1979-05-30,Met at the fair,,* myContacts,* Work,lucia@prieto.example,Mobile,+34 600 111 222,Work,"Calle Mayor 1\nLogroño",Calle Mayor 1,Logroño,,La Rioja,26001,ES,',
    ),
  );
  expect(targets[0]).toMatchObject({
    object: 'contacts',
    columns: {
      'First Name': 'firstName',
      'Last Name': 'lastName',
      'Organization Name': '→accountId by name',
      'Organization Title': 'jobTitle',
      Birthday: 'birthday',
      Notes: 'description',
      'E-mail 1 - Value': 'email',
      'Phone 1 - Value': 'phoneWork',
      'Address 1 - Street': 'addressStreet',
      'Address 1 - City': 'addressCity',
      'Address 1 - Postal Code': 'addressPostalCode',
      'Address 1 - Country': 'addressCountry',
    },
  });
});

test('Outlook', async () => {
  const { plan, targets } = await mappingOf(
    csv(
      'contacts-outlook.CSV',
      '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street","Business City","Business State","Business Postal Code","Business Country/Region","Business Phone","Home Phone","Mobile Phone","Birthday","E-mail Address","E-mail Type","E-mail Display Name","Notes","Web Page"',
      '"Dr.","Hannah","","Vogel","","Vogel Optik","Sales","Owner","Lindenstr. 5","Jena","","07743","Germany","+49 3641 55 66","","+49 171 55 66 77","0/0/00","hannah@vogel.example","SMTP","Hannah Vogel (hannah@vogel.example)","",""',
      '"","Paul","","Maas","","Maas Diesel","","","","Kiel","","24103","Germany","+49 431 11 22","","","12/25/1980","paul@maas.example","SMTP","Paul Maas (paul@maas.example)","",""',
    ),
  );
  expect(targets[0]).toMatchObject({
    object: 'contacts',
    columns: {
      Title: 'salutation',
      'First Name': 'firstName',
      'Last Name': 'lastName',
      Company: '→accountId by name',
      'Job Title': 'jobTitle',
      'Business Street': 'addressStreet',
      'Business City': 'addressCity',
      'Business Postal Code': 'addressPostalCode',
      'Business Phone': 'phoneWork',
      'Mobile Phone': 'phoneMobile',
      Birthday: 'birthday',
      'E-mail Address': 'email',
    },
  });
  const report = await client.run(plan);
  expect(report.reasons).toEqual([]);
  expect(report.counts.contacts).toEqual({ created: 2, updated: 0, skipped: 0, failed: 0 });
  expect(await client.rows(`SELECT birthday FROM contacts WHERE last_name = 'Maas'`)).toEqual([
    { birthday: '1980-12-25' },
  ]);
});
