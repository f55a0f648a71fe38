@follower-reads @stage:follower-reads
Feature: FR-ADMIT - which reads a node answers

  A read that says an id is answered by any node, once the node has come as far. One that says neither id nor hint is the leader's,
  or a follower has the leader confirm it first.

  @FR-ADMIT-1 @must
  Rule: FR-ADMIT-1 A coordinated read without id or hint is never answered from unconfirmed follower state: refused, or confirmed with the leader
    Source: HDFS observer reads (B12), and decided here.
    A client that knows nothing of follower reads must not notice them.

    @needs:pause-apply @disruptive
    Example: A follower that has stopped applying is asked
      Given volume "alpha" of "ann"
      And a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with no id, and waits
      And it comes back
      Then every answer shows volume "alpha" of "bob"

    @needs:pause-apply @disruptive
    Scenario Outline: A follower that has stopped applying is asked with an id that says nothing of the group
      Given volume "alpha" of "ann"
      And a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with <id>, and waits
      And it comes back
      Then every answer shows volume "alpha" of "bob"

      Examples:
        | id                                             |
        | the id "0f0e0d0c-0b0a-0908-0706-050403020100:1" |

    @needs:isolate-node @disruptive
    Example: A follower that is cut off is asked, and the others go on
      Given volume "alpha" of "ann"
      And a follower that is cut off
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 4 times at once
      Then each is refused for now, within the read time-out

  @FR-ADMIT-4 @must
  Rule: FR-ADMIT-4 A follower further behind than the configured lag refuses at once with RetriableException; exactly at the limit it waits
    Source: HDFS observer reads (B13).
    The stage has the default limit of 160,000 entries. A read that waits is refused too in the end (FR-QUEUE-5), so the one that is
    refused at once is asked while an earlier one goes on waiting.

    Scenario Outline: A follower is asked for <one> and then for <other>
      Given a settled cluster
      And volume "alpha" of "ann"
      When the client reads volume "alpha" on a follower with <one>, and waits
      And the client reads volume "alpha" on a follower with <other>
      Then the call is refused with RetriableException
      And the read waits

      Examples:
        | one                                | other                              |
        | an id 160000 entries ahead of it   | an id 160001 entries ahead of it   |
        | an id 1 entry ahead of it          | the greatest id there is           |

    @needs:pause-apply @disruptive
    Example: A follower that has stopped applying is asked at the limit and beyond
      Given volume "alpha" of "ann"
      And a follower that has stopped applying
      When the client reads volume "alpha" there with an id 160000 entries ahead of it, and waits
      And the client reads volume "alpha" there with an id 160001 entries ahead of it
      Then the call is refused with RetriableException
      And the read waits

  @FR-ADMIT-5 @must @needs:pause-apply @needs:freeze-node @disruptive
  Rule: FR-ADMIT-5 A leader whose applied index is below the read's entry waits if the entry is at or below its commit index; if it is above, it confirms leadership (ReadIndex) first, then answers from a state at or above the confirmed index, or refuses. Nobody's id changes; a write is neither delayed nor refused for its id
    Source: HDFS observer reads (B15), and stricter: HDFS answers at once.
    What is committed will be applied. What a confirmed leader has not committed was never acknowledged to anybody, however the client
    came by that id.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: The leader is asked to read with <id>
      When the client reads volume "alpha" on the leader with <id>
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | id                                       |
        | the leader's id                          |
        | an id 1 entry ahead of the leader        |
        | an id 1000 entries ahead of the leader   |
        | an id 160001 entries ahead of the leader |
        | the greatest id there is                 |

    Scenario Outline: The leader is asked to write with <id>
      When the client gives volume "alpha" to "bob" on the leader with <id>
      Then volume "alpha" belongs to "bob"

      Examples:
        | id                                       |
        | an id 1 entry ahead of the leader        |
        | an id 160001 entries ahead of the leader |
        | the greatest id there is                 |

    Example: Every follower is frozen, and the leader is asked for what it cannot have committed
      Given from now on every follower is frozen
      When the client reads volume "alpha" on the leader with the greatest id there is
      Then no read is confirmed

    Example: The leader has stopped applying, and is asked for what it has applied
      Given from now on the leader has stopped applying
      When the client reads volume "alpha" there with its own id
      Then the answer shows volume "alpha" of "ann"

    @needs:status
    Example: The leader has committed what the id says, and has not applied it yet
      Given from now on the leader has stopped applying
      When client "foo" gives volume "alpha" to "bob" there, and waits
      And that node has heard what is committed
      And the client reads volume "alpha" there with an id 1 entry ahead of it, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

    @needs:status
    Scenario Outline: The leader has committed what the id says, has not applied it yet, and is asked with <hint>
      Given from now on the leader has stopped applying
      When client "foo" gives volume "alpha" to "bob" there, and waits
      And that node has heard what is committed
      And the client reads volume "alpha" there with <hint> and an id 1 entry ahead of it, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

      Examples:
        | hint                     |
        | DEFAULT                  |
        | LINEARIZABLE_LEADER_ONLY |
        | LOCAL_LEASE              |
