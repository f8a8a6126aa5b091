import { expect, test } from 'vitest';
import { TicketId } from '../../../protocol/ids.ts';
import { createLinkInbox } from './link-inbox.ts';

const first = TicketId.parse('01900000-0000-7000-8000-700000000001');
const second = TicketId.parse('01900000-0000-7000-8000-700000000002');

function inbox() {
  const state = { isWorking: false, isListening: false, opened: [] as TicketId[], shown: 0 };
  const links = createLinkInbox({
    show: () => (state.shown += 1),
    isWorking: () => state.isWorking,
    open: (id) => {
      if (state.isListening) state.opened.push(id);
      return state.isListening;
    },
  });
  return { state, links };
}

test('[B89] a link waits for the sign-in and for the page, shows the window at once and opens its ticket once', () => {
  const { state, links } = inbox();
  links.take({ ticketId: first });
  expect(state).toMatchObject({ shown: 1, opened: [] });
  state.isWorking = true;
  links.deliver();
  expect(state.opened).toEqual([]);
  state.isListening = true;
  links.deliver();
  links.deliver();
  expect(state.opened).toEqual([first]);
});

test('[B89] of several links that wait only the last one counts, and one without a ticket changes nothing', () => {
  const { state, links } = inbox();
  links.take({ ticketId: first });
  links.take({ ticketId: second });
  links.take({ ticketId: null });
  Object.assign(state, { isWorking: true, isListening: true });
  links.deliver();
  expect(state).toMatchObject({ shown: 3, opened: [second] });
});
