import { expect, test } from 'vitest';
import { ModuleId } from '../../protocol/ids.ts';
import { offerObstacle } from './offer-obstacle.ts';

const moduleId = ModuleId.parse('01900000-0000-7000-8000-0000000000ab');
const free = { isHolding: false, isOffered: false, isSeen: true };

test('[TO4] a video is offered to who sits, is online, is there, holds nothing and was not asked already', () => {
  expect(offerObstacle({ state: 'online', moduleId }, free)).toBeNull();
  expect(offerObstacle({ state: 'online', moduleId }, { ...free, isHolding: true })).toBe('busy');
  expect(offerObstacle({ state: 'online', moduleId }, { ...free, isOffered: true })).toBe('offered');
  expect(offerObstacle({ state: 'online', moduleId }, { ...free, isSeen: false })).toBe('silent');
  expect(offerObstacle({ state: 'lunch', moduleId }, free)).toBe('notOnline');
  expect(offerObstacle({ state: 'online', moduleId: null }, free)).toBe('notOnline');
});
