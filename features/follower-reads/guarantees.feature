@follower-reads @stage:follower-reads
Feature: FR-GUAR - what clients of follower reads may rely on

  A client that hands on what it was told sees its own writes and never goes back, whichever node it asks. One that msyncs before it
  reads sees what others were told of as well.

  @FR-GUAR-1 @must
  Rule: FR-GUAR-1 Read-your-writes on any node
    Source: design document 002, HDFS observer reads (B53).

    Background:
      Given volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      And key "a" in bucket "box" in volume "alpha"

    @needs:pause-apply @disruptive
    Scenario Outline: The follower has said how it was before, and has not applied it when the client <writes>
      Given a follower that has stopped applying
      When client "foo" reads an echo and then <reads> there
      And client "foo" <writes>
      And client "foo" <reads> there, and waits
      And it comes back
      Then the answer is <status>

      Examples:
        | writes                                                    | reads                                                 | status           |
        | creates volume "beta"                                     | reads volume "beta"                                   | OK               |
        | creates bucket "two" in volume "alpha"                    | reads bucket "two" in volume "alpha"                  | OK               |
        | deletes key "a" in bucket "box" in volume "alpha"         | reads key "a" in bucket "box" in volume "alpha"       | KEY_NOT_FOUND    |
        | renames key "a" in bucket "box" in volume "alpha" to "b"  | looks up key "b" in bucket "box" in volume "alpha"    | OK               |

    Example: Every node is asked before it, and at once
      When client "foo" reads an echo and then reads volume "alpha" on every node
      And client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" on every node
      Then the answer shows volume "alpha" of "bob"

    @needs:freeze-node @disruptive
    Example: The follower slept through the write
      Given a follower that is frozen
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there 40 times as it wakes
      Then every answer shows volume "alpha" of "bob"

    @needs:isolate-node @disruptive
    Example: The follower was cut off during the write
      Given a follower that is cut off
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      Then the read waits
      When it comes back
      Then every answer shows volume "alpha" of "bob"

  @FR-GUAR-2 @must
  Rule: FR-GUAR-2 Monotonic reads across nodes
    Source: design document 002, HDFS observer reads (B54).
    What bar has seen anywhere, written by whomever, bar sees everywhere.

    Background:
      Given volume "alpha" of "ann"

    @needs:pause-apply @disruptive
    Scenario Outline: Bar has seen it on <one>, and asks a follower that has not applied it
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "bar" reads volume "alpha" on <one>
      And client "bar" reads volume "alpha" there, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

      Examples:
        | one              |
        | the leader       |
        | another follower |

    @needs:pause-apply @disruptive
    Scenario Outline: Bar has seen on <one> that it is gone, and asks a follower that still has it
      Given a follower that has stopped applying
      When client "foo" deletes volume "alpha"
      And client "bar" reads volume "alpha" on <one>
      And client "bar" reads volume "alpha" there, and waits
      And it comes back
      Then the answer is VOLUME_NOT_FOUND

      Examples:
        | one              |
        | the leader       |
        | another follower |

    @needs:pause-apply @disruptive
    Example: Bar is shown more than it waited for
      Given a follower that has stopped applying
      When client "bar" writes an echo
      And client "foo" gives volume "alpha" to "bob"
      And client "bar" reads volume "alpha" there, and waits
      And it comes back
      Then client "bar" is told more than before if it is shown volume "alpha" of "bob"

  @FR-GUAR-3 @must
  Rule: FR-GUAR-3 List-after-write and list-after-delete
    Source: design document 002, HDFS observer reads (B59).

    Background:
      Given bucket "box" in volume "alpha"
      And keys "a" and "b" in bucket "box" in volume "alpha"

    @needs:pause-apply @disruptive
    Scenario Outline: The follower was listed before, and has not applied it when the client <writes>
      Given a follower that has stopped applying
      When client "foo" reads an echo and then <lists> there
      And client "foo" <writes>
      And client "foo" <lists> there, and waits
      And it comes back
      Then the listing holds <names>

      Examples:
        | writes                                                   | lists                                                     | names            |
        | deletes key "a" in bucket "box" in volume "alpha"        | lists the keys of bucket "box" in volume "alpha"          | keys "b"         |
        | renames key "a" in bucket "box" in volume "alpha" to "c" | lists the keys of bucket "box" in volume "alpha" in short | keys "b" and "c" |

    Example: A follower is asked at once
      When client "foo" deletes key "a" in bucket "box" in volume "alpha"
      And client "foo" lists the keys of bucket "box" in volume "alpha" on a follower
      Then the listing holds keys "b"

  @FR-GUAR-4 @must @needs:kill-node @needs:restart-node @needs:snapshot @disruptive
  Rule: FR-GUAR-4 All three hold over leader change, follower restart and snapshot install
    Source: design document 002, HDFS observer reads (B64 to B67).

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    @needs:pause-apply @needs:transfer-group
    Example: The follower has become the leader without applying what the client saw
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And leadership is handed to it
      And client "foo" reads volume "alpha" there, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

    Example: The leader that acknowledged the write is gone
      When client "foo" gives volume "alpha" to "bob"
      And from now on the leader is down
      And client "foo" reads volume "alpha" on every node
      Then every answer shows volume "alpha" of "bob"

    Example: The follower is started again, and has missed the write
      Given a follower that is down
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there from its start on
      Then every answer shows volume "alpha" of "bob"

    Example: The follower is started again, and gets the write in a snapshot
      Given a follower that is down
      When client "foo" gives volume "alpha" to "bob"
      And 4 clients write for a while
      And the others keep a snapshot and drop the log before it
      And client "foo" reads volume "alpha" there from its start on
      Then every answer shows volume "alpha" of "bob"

    Example: The follower is started again, and has missed what the client saw elsewhere
      Given a follower that is down
      When client "foo" deletes volume "alpha"
      And client "bar" reads volume "alpha" on the leader
      And client "bar" reads volume "alpha" there from its start on
      Then every answer is VOLUME_NOT_FOUND

  @FR-GUAR-5 @must @needs:kill-node @disruptive
  Rule: FR-GUAR-5 With threshold 0 a history of all clients is linearizable; with T it is so up to T; without auto-msync each client's history is, per group, read-your-writes, monotonic and explained by one order of writes
    Source: design document 002. Judged by the checker on recorded histories with kills, freezes and pauses.
    Clients write at the leader and read at followers, or anywhere, with what their own answers have taught them. A read begins before
    the msync that it waits for. One that is refused, or has no answer, says nothing; every answer has to fit.

    Background:
      Given a settled cluster

    @needs:freeze-node @needs:pause-apply
    Scenario Outline: Each read waits for an msync of its own, at <readers>, while <disturbance>
      When 6 clients work on 240 mixed operations, reading at <readers> after an msync each, while <disturbance>
      Then the history is linearizable

      Examples:
        | readers    | disturbance                            |
        | followers  | a follower stops to apply now and then |
        | every node | the leader is killed                   |

    @needs:freeze-node @needs:pause-apply
    Scenario Outline: Reads share an msync of the last 300 ms, while <disturbance>
      When 6 clients work on 240 mixed operations, reading at followers after an msync of the last 300 ms, while <disturbance>
      Then no read is older than 300 ms
      And no client goes back behind what it wrote or saw

      Examples:
        | disturbance                              |
        | a follower stops to apply now and then   |
        | the leader is frozen until another leads |

    @needs:freeze-node @needs:pause-apply
    Scenario Outline: Nobody msyncs again, while <disturbance>
      When 6 clients work on 240 mixed operations, reading at every node with what they know, while <disturbance>
      Then no client goes back behind what it wrote or saw

      Examples:
        | disturbance                                        |
        | a follower stops to apply now and then             |
        | leadership is handed over and the leader is killed |

  @FR-GUAR-6 @must
  Rule: FR-GUAR-6 On an idle cluster a follower shows a single write within two heartbeats, without a further write
    Source: design document 002 (fast tailing), HDFS observer reads (P10).
    How often the leader speaks stands in the target file.

    Example: One write after the other, and nothing else
      Given a settled cluster
      And volume "alpha" of "ann"
      When volume "alpha" is given away 9 times, and nothing else happens
      Then every follower shows it each time
      And mostly within 2 heartbeats

  @FR-GUAR-7 @must @needs:counters
  Rule: FR-GUAR-7 Read traffic on followers makes no log entry and does not slow msync at the leader beyond the stated bound
    Source: HDFS observer reads (P25, P36).
    The bound is that of FR-MSYNC-8.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Example: Many reads while nobody writes
      When the client reads volume "alpha" on every follower 100 times with the leader's id, and nobody writes
      Then the leader's log has not grown
      And the answer shows volume "alpha" of "ann"

    Example: Many reads that the leader confirms, while nobody writes
      When the client reads volume "alpha" on every follower 40 times with LINEARIZABLE_ALLOW_FOLLOWER and no id, and nobody writes
      Then the leader's log has not grown
      And the answer shows volume "alpha" of "ann"

    Example: Many reads that wait, while nobody writes
      When the client reads volume "alpha" on every follower 20 times with an id 1000 entries ahead of the leader, for 300 ms, and nobody writes
      Then the leader's log has not grown

    Example: Msyncs while followers are busy
      When 5 clients msync 20 times each while 16 others read at every follower
      Then every msync is answered, mostly within 2 heartbeats of an echo
