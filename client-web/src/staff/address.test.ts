import { expect, it, vi } from 'vitest';
import { takeInvitation, takeRefusal, viewOf, viewsOf } from './address';

it('an invitation is read once and leaves the address bar', () => {
  const past = { replaceState: vi.fn() };
  expect(takeInvitation({ hash: '#invitation=abc_DEF-123', pathname: '/staff', search: '' }, past)).toBe('abc_DEF-123');
  expect(past.replaceState).toHaveBeenCalledWith(null, '', '/staff');
});

it('nonsense in its place leaves the address bar too, and other fragments stay', () => {
  const past = { replaceState: vi.fn() };
  expect(takeInvitation({ hash: '#invitation=<script>', pathname: '/staff', search: '?x' }, past)).toBeNull();
  expect(past.replaceState).toHaveBeenCalledWith(null, '', '/staff?x');
  past.replaceState.mockClear();
  expect(takeInvitation({ hash: '#plans', pathname: '/staff', search: '' }, past)).toBeNull();
  expect(past.replaceState).not.toHaveBeenCalled();
});

it('a refusal from elsewhere is read once, and never taken for text', () => {
  const past = { replaceState: vi.fn() };
  expect(takeRefusal({ hash: '#refused=code_unknown', pathname: '/staff', search: '' }, past)).toBe('code_unknown');
  expect(takeRefusal({ hash: '#refused=<b>', pathname: '/staff', search: '' }, past)).toBe('signin_failed');
  expect(past.replaceState).toHaveBeenCalledTimes(2);
  expect(takeRefusal({ hash: '#me', pathname: '/staff', search: '' }, past)).toBeNull();
});

it('a view that a role does not have leads to one that it has', () => {
  expect(viewOf('#people', 'owner')).toBe('people');
  expect(viewOf('#people', 'auditor')).toBe('numbers');
  expect(viewOf('', 'facilitator')).toBe('rooms');
  expect(viewOf('#nowhere', 'participant')).toBe('me');
  expect(viewsOf('consultant')).not.toContain('plans');
  expect(viewOf('', 'moderator')).toBe('desk');
  expect(viewOf('#audit', 'moderator')).toBe('desk');
  expect(viewsOf('auditor')).toContain('audit');
  expect(viewOf('#webhooks', 'moderator')).toBe('webhooks');
  expect(viewOf('#webhooks', 'facilitator')).toBe('rooms');
});
