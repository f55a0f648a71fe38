@follower-reads @stage:follower-reads
Feature: FR-MSYNC - msync

  An msync asks the leader how far it has come. Afterwards the client's reads, on any node, are at least that fresh.

  @FR-MSYNC-1 @must
  Rule: FR-MSYNC-1 Each entry of the Msync answer is at or above every index of that group that any node had applied when the Msync was sent (so it covers every write acknowledged to anyone, and every one already seen by a read)
    Source: seed 000 (section 4), seed 002.
    What counts is the message: whoever does not read trailers has nothing else.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: Somebody else <does>
      When client "foo" <does>
      And client "bar" msyncs
      Then the msync covers all that client "foo" knows

      Examples:
        | does                               |
        | gives volume "alpha" to "bob"      |
        | writes an echo                     |
        | reads an echo on every node        |
        | reads volume "alpha" on every node |
        | msyncs                             |

    Scenario Outline: Several clients <change>, and msync
      When 4 clients <change> 6 times each, read an echo on every node and msync
      Then every msync covers what was answered before it

      Examples:
        | change             |
        | create a volume    |
        | give away a volume |

    Example: The client knows more than there is
      When client "foo" gives volume "alpha" to "bob"
      And the client msyncs on the leader with the greatest id there is
      Then the msync covers all that client "foo" knows

    @needs:freeze-node @disruptive
    Example: The leader to which somebody else wrote is gone
      When client "foo" gives volume "alpha" to "bob"
      And from now on the leader is frozen
      And client "bar" msyncs
      Then the msync covers all that client "foo" knows

    @needs:pause-apply @disruptive
    Example: The leader has not applied what a follower has
      Given from now on the leader has stopped applying
      When client "foo" writes an echo there, and waits
      And the client reads volume "alpha" on every follower with an id 1 entry ahead of the leader
      And client "bar" msyncs there, and waits
      And it comes back
      Then the msync covers all that client "foo" knows

  @FR-MSYNC-2 @must @needs:pause-apply @disruptive
  Rule: FR-MSYNC-2 Msync at a follower is refused with OMNotLeaderException at once, also while the follower is behind
    Source: HDFS observer reads (B30).
    Whatever the client knows already, and whatever its hint allows.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: Followers are asked with <id>
      When the client msyncs on every follower with <id>
      Then the call is refused with OMNotLeaderException

      Examples:
        | id                       |
        | no id                    |
        | its own id               |
        | the leader's id          |
        | the greatest id there is |

    Scenario Outline: Followers are asked with <hint>
      When the client msyncs on every follower with <hint>
      Then the call is refused with OMNotLeaderException

      Examples:
        | hint                        |
        | LINEARIZABLE_ALLOW_FOLLOWER |
        | LOCAL_LEASE                 |

    Scenario Outline: A follower that is behind is asked with <id>
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And the client msyncs there with <id>
      Then the call is refused with OMNotLeaderException
      And the read waits

      Examples:
        | id              |
        | no id           |
        | the leader's id |

  @FR-MSYNC-3 @must @disruptive
  Rule: FR-MSYNC-3 A leader that was replaced without noticing (frozen, cut off) never answers Msync successfully
    Source: decided here.
    It does not know yet that it was replaced, and what it knows is old. Foo is told by its successor.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    @needs:isolate-node
    Example: It is cut off, and its successor has carried out a write
      Given from now on the leader is cut off
      And its successor gave volume "alpha" to "bob"
      When client "foo" msyncs
      And the client msyncs there 8 times at once
      Then no msync is answered

    @needs:isolate-node
    Example: It is cut off, and is asked with a hint by which a read might be old
      Given from now on the leader is cut off
      And its successor gave volume "alpha" to "bob"
      When the client msyncs there 8 times at once with DEFAULT
      Then no msync is answered

    @needs:freeze-node
    Example: It is asked as it wakes
      Given from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When client "foo" msyncs
      And the client msyncs there 40 times as it wakes
      Then no msync is answered

    @needs:isolate-node @needs:freeze-node
    Example: It was cut off when it fell asleep, and is asked as it wakes
      Given from now on the leader is cut off
      And from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When client "foo" msyncs
      And the client msyncs there 40 times as it wakes
      Then no msync is answered

  @FR-MSYNC-4 @must @needs:pause-apply @disruptive
  Rule: FR-MSYNC-4 Knowledge passed outside the system becomes safe: foo writes, tells bar, bar msyncs, bar's read on any node shows it
    Source: seed 002 (Maintaining Client Consistency).
    The node that bar asks is one that has not applied what foo wrote.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"
      And a follower that has stopped applying

    Example: Bar msyncs before it reads what foo told it about
      When client "foo" gives volume "alpha" to "bob"
      And client "bar" msyncs
      And client "bar" reads volume "alpha" there, and waits
      Then the read waits
      When it comes back
      Then the answer shows volume "alpha" of "bob"

    Example: Bar has read from that follower before
      When client "bar" reads an echo there
      And client "foo" gives volume "alpha" to "bob"
      And client "bar" msyncs
      And client "bar" reads volume "alpha" there, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

  @FR-MSYNC-5 @may @needs:pause-apply @disruptive
  Rule: FR-MSYNC-5 Without msync bar reads the old value; that is an answer, not an error
    Source: seed 002.
    Nothing is demanded; what was seen stands in the report.

    Example: Bar does not msync before it reads what foo told it about
      Given volume "alpha" of "ann"
      And a follower that has stopped applying
      When client "bar" reads an echo there
      And client "foo" gives volume "alpha" to "bob"
      And client "bar" reads volume "alpha" there
      Then the report says whether volume "alpha" of "ann" is shown, of "bob", or none

  @FR-MSYNC-6 @must @needs:counters
  Rule: FR-MSYNC-6 Msync adds no log entry and takes no lock a write needs
    Source: HDFS observer reads (B29, P25).
    The log is counted while nobody writes.

    Example: Many msyncs while nobody writes
      Given a settled cluster
      When the client msyncs 200 times, and nobody writes
      Then the leader's log has not grown

    Example: Msyncs after a write
      Given a settled cluster
      When the client msyncs 10 times after a write, and nobody else writes
      Then the leader's log has not grown

    @needs:pause-apply @disruptive
    Example: A write to the volume and an msync are under way at once
      Given volume "alpha" of "ann"
      And from now on the leader has stopped applying
      When the client gives volume "alpha" to "bob" there with no id, and waits
      And the client msyncs there with no id, and waits
      And it comes back
      Then the answer is OK

  @FR-MSYNC-8 @must @needs:pause-apply @disruptive
  Rule: FR-MSYNC-8 Msync is answered within the stated budget while 1,000 reads wait and writes saturate the leader
    Source: HDFS observer reads (P04, P36).
    Each has the time of a call. Most have two heartbeats, of the target file, and five times what echoes take that the leader answers at
    the same moment: an Msync needs a follower's word, and no more than that. The reads wait at a follower that does not apply.

    Example: Reads wait at a follower, and writers keep the leader busy
      Given volume "alpha" of "ann"
      And a follower that has stopped applying
      When the client reads volume "alpha" there 1000 times with an id 1000 entries ahead of the leader, and waits
      And 5 clients msync 20 times each while 32 others write
      Then every msync is answered, mostly within 2 heartbeats of an echo
