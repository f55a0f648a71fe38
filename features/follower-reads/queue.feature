@follower-reads @stage:follower-reads
Feature: FR-QUEUE - reads that wait

  A read that says an id waits at a follower until that has come as far, for a time at most, and in bounded numbers. Nobody else
  notices that it waits.

  @FR-QUEUE-1 @must @needs:pause-apply @disruptive
  Rule: FR-QUEUE-1 A read with an id ahead of the follower waits and is answered from a state at or above the id, never below
    Source: seed 000 (architecture flow), HDFS observer reads (B14, B21).
    A hint says who may answer; the id counts under each.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Example: The follower has the write and has not applied it
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      Then the read waits
      When it comes back
      Then the answer shows volume "alpha" of "bob"

    Example: The follower has applied exactly what the id says
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with its own id
      Then the answer shows volume "alpha" of "ann"

    Example: The follower applies other writes, and is not there yet
      When the client reads volume "alpha" on every follower with an id 20 entries ahead of the leader, and waits
      And client "foo" gives volume "alpha" to "bob"
      Then the read waits
      When 4 clients write for a while
      And the wait is over
      Then every answer is at or above that id

    Example: A lease would let the follower answer, and the id does not
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with LOCAL_LEASE and the leader's id, and waits
      Then the read waits
      When it comes back
      Then the answer shows volume "alpha" of "bob"

  @FR-QUEUE-2 @must @needs:pause-apply @disruptive
  Rule: FR-QUEUE-2 Waiting reads hold back neither other reads nor uncoordinated calls on that node
    Source: HDFS observer reads (B21, B28).
    The others come on the same connection, behind those that wait. There are more of these than a node may have hands.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Example: A read that can be answered comes behind 1000 that cannot
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 1000 times with the leader's id, and waits
      And the client reads volume "alpha" there with its own id
      Then the answer shows volume "alpha" of "ann"
      And the read waits

    Example: A read that the leader confirms comes behind 200 that wait for more
      When the client reads volume "alpha" on every follower 200 times with an id 1000 entries ahead of the leader, and waits
      And the client reads volume "alpha" on every follower with LINEARIZABLE_ALLOW_FOLLOWER
      Then the answer shows volume "alpha" of "ann"
      And the read waits

    @needs:status
    Example: A read that the leader can answer comes behind one that it cannot
      Given from now on the leader has stopped applying
      When client "foo" gives volume "alpha" to "bob" there, and waits
      And that node has heard what is committed
      And the client reads volume "alpha" there with an id 1 entry ahead of it, and waits
      And the client reads volume "alpha" there with its own id
      Then the answer shows volume "alpha" of "ann"

    Scenario Outline: A client <operation> behind 200 reads that wait
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 200 times with the leader's id, and waits
      And the client <operation> there with the leader's id
      Then <end>
      And the read waits

      Examples:
        | operation                     | end                                           |
        | reads an echo                 | the answer is OK                              |
        | gives volume "alpha" to "cid" | the call is refused with OMNotLeaderException |
        | msyncs                        | the call is refused with OMNotLeaderException |

  @FR-QUEUE-3 @must @needs:pause-apply @needs:counters @disruptive
  Rule: FR-QUEUE-3 A waiting read is released by the apply that satisfies it: with 1,000 waiting, the first answer within 50 ms of catching up, all within 1 s × timeoutFactor; the counter `wait_rechecks` grows only with applies
    Source: HDFS observer reads (B22), and stricter: HDFS polls.
    What echoes take that nothing holds up is the machine's share. It counts for as much as the time that is judged. Where it is larger, and
    explains what came late, nothing is decided.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"
      And a follower that has stopped applying

    Example: A thousand reads wait, and the follower applies again
      When client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 1000 times with the leader's id, and waits
      Then the read waits
      When it comes back, while echoes are timed on the others
      Then the first answer came within 50 ms of that, and the last within 1000 ms
      And the answer shows volume "alpha" of "bob"

    Example: A thousand reads come to wait, and the follower hears of writes that it does not apply
      When the counters of that follower are read
      And client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 1000 times with the leader's id, and waits
      And 4 clients write for a while
      Then the read waits
      And it has counted 0 looks at waiting reads

  @FR-QUEUE-4 @must @needs:pause-apply @disruptive
  Rule: FR-QUEUE-4 Every waiting read is answered once the node has caught up, whatever newer ones arrive
    Source: HDFS observer reads (B23).

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"
      And a follower that has stopped applying

    Example: Newer reads wait for what nobody has written
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And the client reads volume "alpha" there 50 times with an id 1000 entries ahead of the leader, and waits
      And it comes back, and client "foo" has its answer
      Then the answer shows volume "alpha" of "bob"
      And the read waits

    Example: Older reads wait for what nobody has written
      When client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 50 times with an id 1000 entries ahead of the leader, and waits
      And client "foo" reads volume "alpha" there, and waits
      And it comes back, and client "foo" has its answer
      Then the answer shows volume "alpha" of "bob"
      And the read waits

    Example: Others that wait for the same entry give up
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And the client reads volume "alpha" there 4 times with the leader's id, for 300 ms
      And it comes back
      Then the answer shows volume "alpha" of "bob"

    Example: Reads wait for one entry and for a later one
      When client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 200 times with the leader's id, and waits
      And client "bar" gives volume "alpha" to "cid"
      And the client reads volume "alpha" there 200 times with the leader's id, and waits
      And it comes back
      Then the answer is OK

  @FR-QUEUE-5 @must @needs:pause-apply @disruptive
  Rule: FR-QUEUE-5 A read waits at most the configured time, then fails with RetriableException, so that the client can go elsewhere
    Source: HDFS observer reads (B24, P05), and stricter: HDFS lets it wait on.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Example: The follower does not apply, and more and more reads wait
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And the client reads volume "alpha" there with the leader's id again and again, until client "foo" has its answer
      Then the call is refused with RetriableException
      And no read has waited longer than it may

    @needs:status
    Example: The leader does not apply
      Given from now on the leader has stopped applying
      When client "foo" gives volume "alpha" to "bob" there, and waits
      And that node has heard what is committed
      And the client reads volume "alpha" there with an id 1 entry ahead of it, and waits
      And the wait is over
      Then the call is refused with RetriableException

    Example: The follower goes on applying, and never comes so far
      When the client reads volume "alpha" on every follower with an id 100000 entries ahead of the leader, and waits
      And 4 clients write for a while
      And the wait is over
      Then the call is refused with RetriableException
      And no read has waited longer than it may

  @FR-QUEUE-6 @must @needs:pause-apply @needs:configure @disruptive
  Rule: FR-QUEUE-6 The number of waiting reads is bounded; one more is refused at once with RetriableException and the node keeps answering everything else
    Source: HDFS observer reads (B25, P08).
    Refused at once means while the others still wait.

    Background:
      Given nodes that let at most 4 reads wait
      And volume "alpha" of "ann"
      And a follower that has stopped applying

    Example: One more comes, and one that need not wait
      When the client reads volume "alpha" there 4 times with an id 1 entry ahead of it, and waits
      And the client reads volume "alpha" there with an id 2 entries ahead of it on another connection
      Then the call is refused with RetriableException
      When the client reads volume "alpha" there with its own id
      Then the answer shows volume "alpha" of "ann"
      And the read waits

    Example: Those that waited leave their places to others
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 4 times with the leader's id, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"
      When the client reads volume "alpha" there 4 times with an id 1000 entries ahead of the leader, and waits
      Then the read waits

    Example: Those that waited in vain, or were refused, leave their places to others
      When the client reads volume "alpha" there 4 times with an id 1000 entries ahead of the leader, and waits
      And the client reads volume "alpha" there with an id 1000 entries ahead of the leader
      And the wait is over
      Then the call is refused with RetriableException
      When the client reads volume "alpha" there 4 times with an id 1000 entries ahead of the leader, and waits
      Then the read waits

  @FR-QUEUE-7 @must @needs:pause-apply @needs:counters @disruptive
  Rule: FR-QUEUE-7 A waiting read whose client has gone is dropped and frees its place
    Source: HDFS observer reads (B27, P29), and stricter: HDFS keeps it.

    Background:
      Given nodes that let at most 4 reads wait
      And volume "alpha" of "ann"
      And the counters of a follower are read

    @needs:configure
    Example: All places are taken by a client that gives up
      When the client reads volume "alpha" on that follower 4 times with an id 1000 entries ahead of the leader, and waits
      And the client gives up
      Then it has counted 4 reads whose client left
      When the client reads volume "alpha" on that follower 4 times with an id 1000 entries ahead of the leader, and waits
      Then the read waits
      And it says that 4 reads wait

    @needs:configure
    Example: All places are taken by a client that is gone without a word
      When the client reads volume "alpha" on that follower 4 times with an id 1000 entries ahead of the leader, and its connection breaks
      Then it has counted 4 reads whose client left
      When the client reads volume "alpha" on that follower 4 times with an id 1000 entries ahead of the leader, and waits
      Then the read waits
      And it says that 4 reads wait

    @needs:configure
    Example: All places are taken by a client that has set itself a deadline
      When the client reads volume "alpha" on that follower 4 times with an id 1000 entries ahead of the leader, for 300 ms
      Then it says that 0 reads wait
      When the client reads volume "alpha" on that follower 4 times with an id 1000 entries ahead of the leader, and waits
      Then the read waits

  @FR-QUEUE-8 @must @needs:counters
  Rule: FR-QUEUE-8 Waits, refusals and time-outs are counted, and nothing is counted when nothing waited
    Source: HDFS observer reads (B26).

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"
      And the counters of a follower are read

    Scenario Outline: Nothing waits where a client <operation>
      When the client <operation> on that follower with its own id
      Then it has counted 0 reads that had to wait
      And it has counted 0 refused reads
      And it has counted 0 reads out of time

      Examples:
        | operation                     |
        | reads an echo                 |
        | reads volume "alpha"          |
        | reads volume "gamma"          |
        | gives volume "alpha" to "bob" |

    @needs:pause-apply @disruptive
    Example: Reads wait, and are answered
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 5 times with the leader's id, and waits
      Then it says that 5 reads wait
      When it comes back
      Then it has counted 5 reads that had to wait

    Example: A read is refused because the follower is too far behind it
      When the client reads volume "alpha" on that follower with the greatest id there is
      Then it has counted 1 refused reads
      And it has counted 0 reads that had to wait

    @needs:configure @disruptive
    Example: A read is refused because as many wait as may
      Given nodes that let at most 4 reads wait
      And the counters of a follower are read
      When the client reads volume "alpha" on that follower 4 times with an id 1000 entries ahead of the leader, and waits
      And the client reads volume "alpha" on that follower with an id 1000 entries ahead of the leader
      Then it has counted 1 refused reads
      And it has counted 4 reads that had to wait

    Example: Reads run out of time
      When the client reads volume "alpha" on that follower 3 times with an id 1000 entries ahead of the leader, and waits
      And the wait is over
      Then it has counted 3 reads out of time
      And it has counted 3 reads that had to wait
      And it says that 0 reads wait

  @FR-QUEUE-10 @must @needs:restart-node @disruptive
  Rule: FR-QUEUE-10 A node that stops gracefully ends its waiting reads with UNAVAILABLE or a retryable class
    Source: HDFS.

    Example: Many reads wait at a follower that is stopped
      Given a settled cluster
      And volume "alpha" of "ann"
      When the client reads volume "alpha" on that follower 20 times with an id 1000 entries ahead of the leader, and waits
      And that follower is stopped and started again
      Then each read ended for now
