@ha @stage:read-consistency
Feature: HA - a leader that has lost its majority

  A leader that the majority does not hear any more may go on taking itself for the leader for a while. What it says in that
  time is what these rules are about: its clients still reach it. Cut off means from the other nodes, both ways; where it hears
  nobody, the others still get what it sends; where nobody hears it, it still learns what they do.

  @HA-7 @must @needs:isolate-node @disruptive
  Rule: HA-7 A leader cut off from the majority acknowledges no write and confirms no linearizable read; what it had not acknowledged may vanish
    Source: Apache Ozone 2.2, as observed on the wire, and pitfalls of HDFS observers.
    From the first moment on, when it cannot know yet, and once another node leads. Few hosts can cut one
    direction alone.

    Example: It is asked to write when it has just been cut off
      Given a settled cluster
      And volume "alpha" of "ann"
      And from now on the leader is cut off
      When the client gives volume "alpha" to "bob" there 8 times at once
      Then no write is acknowledged

    @needs:isolate-one-way
    Scenario Outline: It is asked to write when it <hindrance>
      Given a settled cluster
      And volume "alpha" of "ann"
      And from now on the leader <hindrance>
      When the client gives volume "alpha" to "bob" there 8 times at once
      Then no write is acknowledged

      Examples:
        | hindrance          |
        | hears nobody       |
        | is heard by nobody |

    Example: What it was asked in vain gives way to what its successor acknowledged
      Given volume "alpha" of "ann"
      And from now on the leader is cut off
      And the client gives volume "alpha" to "bob" there 8 times at once
      When the client gives volume "alpha" to "cid"
      Then in the end every node shows volume "alpha" of "cid"

    Example: It is asked to read when it has just been cut off
      Given a settled cluster
      And volume "alpha" of "ann"
      And from now on the leader is cut off
      When the client reads volume "alpha" there 8 times at once with LINEARIZABLE_LEADER_ONLY
      Then no read is confirmed

    Scenario Outline: It is asked with <hint> when it has a successor
      Given a settled cluster
      And volume "alpha" of "ann"
      And from now on the leader is cut off
      And its successor gave volume "alpha" to "bob"
      When the client reads volume "alpha" there 8 times at once with <hint>
      Then no read is confirmed

      Examples:
        | hint                        |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |

  @HA-12 @must @needs:freeze-node @disruptive
  Rule: HA-12 A frozen leader that wakes up after another was elected serves no write and no linearizable read from its old leadership and, with follower reads on, no read below an id that the new leader's Msync gave
    Source: decided here. A process that is stopped, swapped out or collecting garbage does not notice that time passes.
    Some of the calls stand in its queue when it wakes. Where it is cut off as well, it cannot hear of its successor first.
    Reads with an id are asked in the stage that has follower reads on.

    Background:
      Given volume "alpha" of "ann"

    Example: It is asked to write as it wakes
      Given from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When the client gives volume "alpha" to "cid" there 40 times as it wakes
      Then no write is acknowledged

    Scenario Outline: It is asked with <hint> as it wakes
      Given from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When the client reads volume "alpha" there 40 times as it wakes with <hint>
      Then every answer, if any, shows volume "alpha" of "bob"

      Examples:
        | hint                        |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |

    @needs:isolate-node
    Example: It was cut off when it fell asleep, and is asked to write as it wakes
      Given from now on the leader is cut off
      And from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When the client gives volume "alpha" to "cid" there 40 times as it wakes
      Then no write is acknowledged

    @needs:isolate-node
    Scenario Outline: It was cut off when it fell asleep, and is asked with <hint> as it wakes
      Given from now on the leader is cut off
      And from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When the client reads volume "alpha" there 40 times as it wakes with <hint>
      Then every answer, if any, shows volume "alpha" of "bob"

      Examples:
        | hint                        |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |

    @stage:follower-reads
    Example: It is asked for what its successor has msynced, as it wakes
      Given from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When client "foo" msyncs
      And client "foo" reads volume "alpha" there 40 times as it wakes
      Then every answer, if any, shows volume "alpha" of "bob"

    @needs:isolate-node @stage:follower-reads
    Example: It was cut off when it fell asleep, and is asked for what its successor has msynced
      Given from now on the leader is cut off
      And from now on the leader is frozen
      And its successor gave volume "alpha" to "bob"
      When client "foo" msyncs
      And client "foo" reads volume "alpha" there 40 times as it wakes
      Then every answer, if any, shows volume "alpha" of "bob"
