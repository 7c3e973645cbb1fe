/** What the example firm sells: sensors that watch machines, cold rooms and buildings, with what belongs to them. */
export interface CatalogueItem {
  readonly name: string;
  readonly sku: string;
  readonly series: string;
  /** Per piece, or per year. */
  readonly unitPrice: number;
  readonly isActive: boolean;
  readonly description: string;
}

export const catalogue: readonly CatalogueItem[] = [
  {
    name: 'Beacon T1',
    sku: 'BCN-T1',
    series: 'Beacon',
    unitPrice: 129,
    isActive: true,
    description:
      'Wireless temperature sensor for rooms and transport, −40 to 85 °C, five years on one battery.',
  },
  {
    name: 'Beacon T1 Freezer',
    sku: 'BCN-T1F',
    series: 'Beacon',
    unitPrice: 169,
    isActive: true,
    description: 'Temperature sensor with an external probe for freezers down to −90 °C.',
  },
  {
    name: 'Beacon TH',
    sku: 'BCN-TH',
    series: 'Beacon',
    unitPrice: 159,
    isActive: true,
    description: 'Temperature and humidity for storage, museums and greenhouses.',
  },
  {
    name: 'Beacon V3',
    sku: 'BCN-V3',
    series: 'Beacon',
    unitPrice: 389,
    isActive: true,
    description: 'Three-axis vibration sensor for motors, pumps and fans; finds bearing damage early.',
  },
  {
    name: 'Beacon V3 Ex',
    sku: 'BCN-V3X',
    series: 'Beacon',
    unitPrice: 690,
    isActive: true,
    description: 'Vibration sensor for explosive atmospheres.',
  },
  {
    name: 'Beacon Flow',
    sku: 'BCN-FL',
    series: 'Beacon',
    unitPrice: 540,
    isActive: true,
    description: 'Clamp-on flow meter; mounted without cutting the pipe.',
  },
  {
    name: 'Beacon Door',
    sku: 'BCN-DR',
    series: 'Beacon',
    unitPrice: 79,
    isActive: true,
    description: 'Tells how long a cold-room door stood open.',
  },
  {
    name: 'Beacon T0',
    sku: 'BCN-T0',
    series: 'Beacon',
    unitPrice: 99,
    isActive: false,
    description: 'First generation temperature sensor, replaced by Beacon T1.',
  },
  {
    name: 'Harbor Gateway',
    sku: 'HRB-GW',
    series: 'Harbor',
    unitPrice: 890,
    isActive: true,
    description: 'Collects up to 200 sensors; keeps 30 days of readings when the line is down.',
  },
  {
    name: 'Harbor Gateway LTE',
    sku: 'HRB-LTE',
    series: 'Harbor',
    unitPrice: 1190,
    isActive: true,
    description: 'Gateway with its own mobile connection.',
  },
  {
    name: 'Harbor Mini',
    sku: 'HRB-MN',
    series: 'Harbor',
    unitPrice: 390,
    isActive: true,
    description: 'Gateway for vehicles and small sites, up to 20 sensors.',
  },
  {
    name: 'Lookout Team',
    sku: 'LKT-TM',
    series: 'Lookout',
    unitPrice: 2400,
    isActive: true,
    description: 'Monitoring software, yearly, up to 100 sensors and 10 people.',
  },
  {
    name: 'Lookout Business',
    sku: 'LKT-BS',
    series: 'Lookout',
    unitPrice: 7800,
    isActive: true,
    description: 'Monitoring software, yearly, up to 500 sensors, reports by shift.',
  },
  {
    name: 'Lookout Enterprise',
    sku: 'LKT-EN',
    series: 'Lookout',
    unitPrice: 24000,
    isActive: true,
    description: 'Monitoring software for all sites of a group, with single sign-on.',
  },
  {
    name: 'Lookout Predict',
    sku: 'LKT-PR',
    series: 'Lookout',
    unitPrice: 9600,
    isActive: true,
    description: 'Learns how a machine sounds when it is well and warns when it changes.',
  },
  {
    name: 'Lookout Audit',
    sku: 'LKT-AU',
    series: 'Lookout',
    unitPrice: 3600,
    isActive: true,
    description: 'Signed records for audits in food and pharma.',
  },
  {
    name: 'Connector ERP',
    sku: 'CON-ERP',
    series: 'Connect',
    unitPrice: 4800,
    isActive: true,
    description: 'Hands alarms over as work orders; ready for the common systems.',
  },
  {
    name: 'Connector OPC UA',
    sku: 'CON-OPC',
    series: 'Connect',
    unitPrice: 3200,
    isActive: true,
    description: 'Readings for control rooms.',
  },
  {
    name: 'Installation Day',
    sku: 'SRV-IN',
    series: 'Care',
    unitPrice: 980,
    isActive: true,
    description: 'A technician for one day, travel included.',
  },
  {
    name: 'Calibration',
    sku: 'SRV-CAL',
    series: 'Care',
    unitPrice: 45,
    isActive: true,
    description: 'Yearly calibration of a sensor with certificate.',
  },
  {
    name: 'Care Plus',
    sku: 'SRV-CP',
    series: 'Care',
    unitPrice: 1900,
    isActive: true,
    description: 'Support at night and on weekends, answer within an hour.',
  },
  {
    name: 'Training',
    sku: 'SRV-TR',
    series: 'Care',
    unitPrice: 650,
    isActive: true,
    description: 'Half a day for up to twelve people, on site or online.',
  },
];

/** The firms that the example firm meets in the market. All invented. */
export const competitors = [
  'Metricon',
  'Probelink',
  'Sensoria Systems',
  'DataHive',
  'Tempora IoT',
  'Watchfield',
];

/** Software that customers run and that ours must talk to. All invented. */
export const customerSystems = [
  'Ordino ERP',
  'PlantBase',
  'Maintio',
  'Fabricor',
  'StockPilot',
  'Hospis',
  'LagerPro',
];
