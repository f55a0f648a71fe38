import { describe, expect, it } from 'vitest';
import type { Outcome } from '../wire/outcome.js';
import { assertOtherCluster, assertSameCluster } from './cluster-told.js';
import { answered, failureOf, notLeader, unanswered } from './test/outcomes.js';

const saying = (outcome: Outcome, cluster: string | undefined): Outcome => ({
  ...outcome,
  trailers: new Map(cluster === undefined ? [] : [['om-cluster', cluster]]),
});
const client = (name: string, ...clusters: readonly (string | undefined)[]) => ({
  name,
  calls: clusters.map((cluster) => saying(answered('OK'), cluster)),
});

describe('other-cluster', () => {
  it('takes one that is another than all before', () => {
    assertOtherCluster(client('bar', 'c', 'c'), client('foo', 'a', 'b'));
  });
  it.each([
    ['the one before', ['b']],
    ['one of long before', ['a']],
  ])('notices %s', (_, clusters) => {
    expect(failureOf(() => assertOtherCluster(client('bar', ...clusters), client('foo', 'a', 'b')))).toMatchObject({
      assertion: 'other-cluster',
      message: `expected another om-cluster than client "foo" was told, found "${clusters[0]}" with OK from om1`,
    });
  });
  it('notices nodes that are not one cluster', () => {
    const failure = failureOf(() => assertOtherCluster(client('bar', 'c', 'd'), client('foo', 'a')));
    expect(failure.assertion).toBe('one-cluster');
  });
});

describe('same-cluster', () => {
  it('takes the same, and no word of who says nothing', () => {
    const bar = { name: 'bar', calls: [saying(notLeader(), 'a'), unanswered('deadline')] };
    assertSameCluster(bar, client('foo', 'a', 'a'));
  });
  it('notices another', () => {
    expect(failureOf(() => assertSameCluster(client('bar', 'b'), client('foo', 'a')))).toMatchObject({
      assertion: 'same-cluster',
      message: 'expected "a", of which client "foo" was told, found "b" with OK from om1',
    });
  });
  it.each([
    ['bar', client('bar', 'a', 'b'), client('foo', 'a')],
    ['foo', client('bar', 'a'), client('foo', 'a', 'b')],
  ])('notices that %s was told of two', (_, bar, foo) => {
    expect(failureOf(() => assertSameCluster(bar, foo)).assertion).toBe('one-cluster');
  });
});

describe('cluster-told', () => {
  it.each([
    ['none', undefined],
    ['an empty one', ''],
  ])('notices %s', (_, cluster) => {
    const bar = { name: 'bar', calls: [saying(answered('OK'), 'a'), saying(notLeader(), cluster)] };
    expect(failureOf(() => assertSameCluster(bar, client('foo', 'a'))).assertion).toBe('cluster-told');
    expect(failureOf(() => assertOtherCluster(bar, client('foo', 'b'))).assertion).toBe('cluster-told');
  });
  it('judges nothing where nobody answered', () => {
    const bar = { name: 'bar', calls: [unanswered('deadline')] };
    expect(() => assertOtherCluster(bar, client('foo', 'a'))).toThrow('client "bar" has had no answer to judge');
    expect(() => assertSameCluster(client('bar', 'a'), { name: 'foo', calls: [] })).toThrow(
      'client "foo" has had no answer',
    );
  });
});
