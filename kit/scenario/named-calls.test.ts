import { describe, expect, it } from 'vitest';
import { NamedCalls, optionsOf } from './named-calls.js';
import { type Operation, requestOf } from './operation.js';

const reading = (volume: string): Operation => ({ kind: 'read-volume', volume });

describe('the calls of one client', () => {
  it('have an id each, and keep their first request', () => {
    const calls = new NamedCalls('client');
    const one = calls.name('one', requestOf(reading('alpha')));
    const two = calls.name('two', requestOf(reading('beta')));
    expect([one.callId, two.callId]).toEqual([1n, 2n]);
    expect(one.request).toMatchObject({ clientId: 'client', infoVolumeRequest: { volumeName: 'alpha' } });
    expect(calls.name('one', requestOf(reading('gamma')))).toBe(one);
    expect(calls.named('two')).toBe(two);
    expect(optionsOf(two)).toEqual({ metadata: { 'om-call-id': '2' } });
    expect(() => calls.named('three')).toThrow('no step of this scenario sent call "three"');
  });
});
