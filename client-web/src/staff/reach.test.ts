import { expect, it } from 'vitest';
import { reachOf, wire } from './reach';

it('ticking no room is not the same as all rooms', () => {
  expect(wire({ role: 'facilitator', rooms: 'all' })).toEqual({ role: 'facilitator', rooms: [] });
  expect(wire({ role: 'facilitator', rooms: [] })).toBeNull();
  expect(wire({ role: 'peer_staff', rooms: ['umibe'] })).toEqual({ role: 'peer_staff', rooms: ['umibe'] });
});

it('who is for the whole site has no rooms of their own', () => {
  expect(wire({ role: 'moderator', rooms: ['umibe'] })).toEqual({ role: 'moderator', rooms: [] });
  expect(wire({ role: 'owner', rooms: [] })).toEqual({ role: 'owner', rooms: [] });
});

it('what came over the wire is read back', () => {
  expect(reachOf('facilitator', [])).toEqual({ role: 'facilitator', rooms: 'all' });
  expect(reachOf('facilitator', ['niwa'])).toEqual({ role: 'facilitator', rooms: ['niwa'] });
});
