/** What says something of every call must not pass where there was none. */
import { describe, expect, it } from 'vitest';
import { assertCommandRepeated } from './answer-command.js';
import { assertStatus } from './answer-status.js';
import { assertBusinessFailure } from './business-failure.js';
import { assertChildren, assertEntriesOnPage } from './children.js';
import { assertKind } from './file-kind.js';
import { assertFileSize } from './file-size.js';
import { assertGrpcRefusal } from './grpc-refusal.js';
import { assertAscending, assertListed, assertPageSize } from './listing.js';
import { assertNoSuccess } from './no-success.js';
import { assertPathGone } from './not-found.js';
import { assertOneLeader } from './one-leader.js';
import { assertOneConnection } from './own-answer.js';
import { assertRefusedInTime, assertRefusedWith } from './refusal-class.js';
import { assertRoutingFailure } from './routing-failure.js';
import { assertNotInvented } from './state-id.js';
import { assertSameConnection } from './still-serves.js';
import { assertSuccessFlag } from './success-flag.js';
import { answered, unanswered } from './test/outcomes.js';

const none = { folder: '', pages: [] };

describe('without anything to judge there is an error, and no verdict', () => {
  it.each<[string, () => void]>([
    ['assertAscending', () => assertAscending([])],
    ['assertBusinessFailure', () => assertBusinessFailure([])],
    ['assertChildren', () => assertChildren(none, [])],
    ['assertCommandRepeated', () => assertCommandRepeated([])],
    ['assertEntriesOnPage', () => assertEntriesOnPage(none, 1)],
    ['assertFileSize', () => assertFileSize([], 'a', 1n)],
    ['assertGrpcRefusal', () => assertGrpcRefusal([])],
    ['assertKind', () => assertKind([], 'file')],
    ['assertListed', () => assertListed([], [])],
    ['assertNoSuccess', () => assertNoSuccess([])],
    ['assertNotInvented', () => assertNotInvented([unanswered('deadline')], new Map())],
    ['assertOneConnection', () => assertOneConnection([])],
    ['assertOneLeader', () => assertOneLeader([], 'om1')],
    ['assertPageSize', () => assertPageSize([], 1)],
    ['assertPathGone', () => assertPathGone([], 'a')],
    ['assertRefusedInTime', () => assertRefusedInTime([], 1)],
    ['assertRefusedWith', () => assertRefusedWith([], 'OMNotLeaderException')],
    ['assertRoutingFailure', () => assertRoutingFailure([])],
    ['assertSameConnection', () => assertSameConnection([], answered('OK'))],
    ['assertStatus', () => assertStatus([], ['OK'])],
    ['assertSuccessFlag', () => assertSuccessFlag([])],
  ])('%s', (_, assertion) => {
    expect(assertion).toThrow(/^no (?:answer|call|page|read|round) to judge$/);
  });
});
