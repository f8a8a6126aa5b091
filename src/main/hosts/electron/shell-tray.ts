import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray, type MenuItemConstructorOptions } from 'electron';
import { AgentState } from '../../../protocol/agent-status.ts';
import type { ShellTexts } from './shell-texts/shell-texts.ts';
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
  texts: ShellTexts,
  stage: UpdateStage,
  options: Omit<ShellTrayOptions, 'folder'>,
): MenuItemConstructorOptions[] {
  const { tray, states } = texts;
  const update: MenuItemConstructorOptions[] =
    stage === 'none'
      ? []
      : stage === 'planned'
        ? [{ label: tray.updatePlanned, enabled: false }, { type: 'separator' }]
        : [
            { label: view.inHand ? tray.updateAfterTicket : tray.updateNow, click: options.update },
            { type: 'separator' },
          ];
  return [
    {
      label: tray.state,
      enabled: view.state !== null,
      submenu: AgentState.options.map((state) => ({
        label: states.agent[state],
        type: 'radio',
        checked: state === view.state,
        click: () => options.chooseState(state),
      })),
    },
    { label: tray.show, click: options.show },
    { type: 'separator' },
    ...update,
    { label: tray.quit, click: options.quit },
  ];
}

export function createShellTray(options: ShellTrayOptions): {
  show: (view: ShellView, texts: ShellTexts, stage: UpdateStage) => void;
} {
  const pictureOf = (view: ShellView) => {
    const theme = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light';
    return nativeImage.createFromPath(join(options.folder, 'tray', theme, `${trayPicture(view)}.png`));
  };
  let tray: Tray | null = null;
  return {
    show: (view, texts, stage) => {
      const picture = pictureOf(view);
      if (tray) tray.setImage(picture);
      else {
        tray = new Tray(picture);
        tray.on('click', options.show);
      }
      tray.setToolTip(trayTip(view, texts));
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(view, texts, stage, options)));
    },
  };
}
