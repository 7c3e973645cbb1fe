/** The messages between preload and main; a number for the connection within its page comes first in each. */
export const channels = {
  connect: 'satchel:connect',
  send: 'satchel:send',
  close: 'satchel:close',
  frame: 'satchel:frame',
  closed: 'satchel:closed',
} as const;
