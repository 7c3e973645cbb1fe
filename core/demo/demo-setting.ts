/** The setting that marks a workspace filled with example records. */
export const demoSetting = 'demo';
