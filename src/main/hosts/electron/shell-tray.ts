import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray, type MenuItemConstructorOptions } from 'electron';
import { AgentState } from '../../../protocol/agent-status.ts';
import type { ShellWords } from './shell-words.ts';
import type { ShellView } from './shell-view.ts';
import { trayPicture } from './tray-picture.ts';
import { trayTip } from './tray-words.ts';
import type { UpdateStage } from './updates.ts';

interface ShellTrayOptions {
  /** `resources` of the product. */
  folder: string;
  show: () => void;
  quit: () => void;
  chooseState: (state: AgentState) => void;
  /** Into the new version: now, or when the ticket in hand is done. */
  update: () => void;
}

/** The tray's menu. A state can be chosen while somebody works here. */
export function trayMenu(
  view: ShellView,
  words: ShellWords,
  stage: UpdateStage,
  options: Omit<ShellTrayOptions, 'folder'>,
): MenuItemConstructorOptions[] {
  const update: MenuItemConstructorOptions[] =
    stage === 'none'
      ? []
      : stage === 'planned'
        ? [{ label: words('tray.updatePlanned'), enabled: false }, { type: 'separator' }]
        : [
            { label: words(view.inHand ? 'tray.updateAfterTicket' : 'tray.updateNow'), click: options.update },
            { type: 'separator' },
          ];
  return [
    {
      label: words('tray.state'),
      enabled: view.state !== null,
      submenu: AgentState.options.map((state) => ({
        label: words(`states:agent.${state}`),
        type: 'radio',
        checked: state === view.state,
        click: () => options.chooseState(state),
      })),
    },
    { label: words('tray.show'), click: options.show },
    { type: 'separator' },
    ...update,
    { label: words('tray.quit'), click: options.quit },
  ];
}

export function createShellTray(options: ShellTrayOptions): {
  show: (view: ShellView, words: ShellWords, stage: UpdateStage) => void;
} {
  const pictureOf = (view: ShellView) => {
    const theme = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light';
    return nativeImage.createFromPath(join(options.folder, 'tray', theme, `${trayPicture(view)}.png`));
  };
  let tray: Tray | null = null;
  return {
    show: (view, words, stage) => {
      const picture = pictureOf(view);
      if (tray) tray.setImage(picture);
      else {
        tray = new Tray(picture);
        tray.on('click', options.show);
      }
      tray.setToolTip(trayTip(view, words));
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(view, words, stage, options)));
    },
  };
}
