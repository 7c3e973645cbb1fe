import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** The operating system's own menus. Commands of the interface live in its command palette, in both shells alike. */
export function setApplicationMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(process.platform === 'darwin', app.isPackaged)));
}

function template(isMac: boolean, isPackaged: boolean): MenuItemConstructorOptions[] {
  const developer: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
  ];
}
