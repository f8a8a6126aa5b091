import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { AgentState } from '../../../protocol/agent-status.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useBarAct } from '../status/use-bar-act.ts';
import { openTerms } from '../terms/open-terms.ts';
import { useVideoKeys } from '../video/use-video-keys.ts';

/**
 * The keys of the workspace. None of them writes a letter, so they also work while the agent writes; under a dialog they
 * rest. A key of a button presses that button, so that both always do and refuse the same.
 */
export function useShortcuts(): void {
  const { store } = useDeskServices();
  const act = useBarAct();
  const { share, invite } = useVideoKeys();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      event.preventDefault();
      document.querySelector<HTMLButtonElement>(`main button[aria-keyshortcuts="${event.key}"]`)?.click();
    };
    const choose = (event: KeyboardEvent): void => {
      const state = AgentState.options[Number(event.key) - 1];
      if (state === undefined) return;
      event.preventDefault();
      // During an attention the state that comes after it is chosen.
      const isBusy = Boolean(store.getState().current?.ticket);
      act({ type: isBusy ? 'status.chooseNext' : 'status.choose', state });
    };
    return tinykeys(
      window,
      {
        F1: (event) => {
          event.preventDefault();
          store.getState().openDialog({ type: 'shortcuts' });
        },
        F2: press,
        F4: press,
        F6: (event) => {
          event.preventDefault();
          openTerms(store);
        },
        F7: (event) => {
          event.preventDefault();
          share();
        },
        F9: (event) => {
          event.preventDefault();
          invite();
        },
        'Control+1': choose,
        'Control+2': choose,
        'Control+3': choose,
        'Control+4': choose,
        'Control+5': choose,
      },
      {
        // Before the controls of the page, which keep the keys that they heard to themselves.
        capture: true,
        ignore: (event) => event.repeat || event.isComposing || document.querySelector('[role=dialog]') !== null,
      },
    );
  }, [store, act, share, invite]);
}
