@read-consistency @stage:read-consistency
Feature: RC - without a leader, or without a majority

  A linearizable read is confirmed by a leader, and a leader by its majority. Where that is missing, the read is refused: old data
  with an OK on it is what these rules are about. Nodes are frozen, ended or cut off from each other; clients reach them all the
  time.

  Background:
    Given a settled cluster
    And volume "alpha" of "ann"

  @RC-3 @must @disruptive
  Rule: RC-3 LINEARIZABLE_ALLOW_FOLLOWER on a node that cannot reach a leader fails within the read timeout with a class that the wire binding lists as retryable; it never answers old data
    Source: Apache Ozone 2.2, as observed on the wire.
    A follower that hears its leader and is not heard goes on believing in it; nobody confirms its reads all the same. Few hosts
    can cut one way alone.

    @needs:isolate-node
    Scenario Outline: The follower <hindrance>, and the others go on
      Given a follower that <hindrance>
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 4 times at once with LINEARIZABLE_ALLOW_FOLLOWER
      Then each is refused for now, within the read time-out

      Examples:
        | hindrance  |
        | is cut off |

      @needs:isolate-one-way
      Examples: one way
        | hindrance          |
        | hears nobody       |
        | is heard by nobody |

    @needs:isolate-node
    Example: The follower has been cut off for long
      Given a follower that is cut off
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" on that follower under LOCAL_LEASE within the node's limits until it is refused
      And the client reads volume "alpha" there 4 times at once with LINEARIZABLE_ALLOW_FOLLOWER
      Then each is refused for now, within the read time-out

    @needs:isolate-node
    Example: The follower was cut off, and comes back
      Given a follower that is cut off
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with LINEARIZABLE_ALLOW_FOLLOWER as it comes back
      Then the answer shows volume "alpha" of "bob"

    @needs:freeze-node
    Example: All the others are frozen
      Given from now on every node but a follower is frozen
      When the client reads volume "alpha" on that follower with LINEARIZABLE_ALLOW_FOLLOWER
      Then each is refused for now, within the read time-out

    @needs:kill-node
    Example: All the others are down
      Given from now on every node but a follower is down
      When the client reads volume "alpha" on that follower with LINEARIZABLE_ALLOW_FOLLOWER
      Then each is refused for now, within the read time-out

  @RC-9 @must @disruptive
  Rule: RC-9 A leader whose peers are cut off never answers a linearizable hint with OK
    Source: Apache Ozone 2.2, as observed on the wire, and stricter: with its default settings Ozone weakens LINEARIZABLE_LEADER_ONLY to a local read.
    From the first moment on, when it cannot know yet, until it steps down and beyond. That something is missing would be an answer
    too.

    @needs:isolate-node
    Scenario Outline: The leader <hindrance> and is asked with <hint>
      Given from now on the leader <hindrance>
      When each of 4 clients reads volume "alpha" on the leader with <hint>, over and over until it steps down
      Then no read is confirmed

      Examples:
        | hindrance  | hint                        |
        | is cut off | LINEARIZABLE_LEADER_ONLY    |
        | is cut off | LINEARIZABLE_ALLOW_FOLLOWER |

      @needs:isolate-one-way
      Examples: one way
        | hindrance          | hint                        |
        | hears nobody       | LINEARIZABLE_ALLOW_FOLLOWER |
        | is heard by nobody | LINEARIZABLE_LEADER_ONLY    |

    @needs:isolate-node
    Example: The others go on without it
      Given from now on the leader is cut off
      And its successor gave volume "alpha" to "bob"
      When the client reads volume "alpha" there 4 times at once with LINEARIZABLE_ALLOW_FOLLOWER
      Then no read is confirmed

    @needs:freeze-node
    Scenario Outline: Every follower is frozen, and the leader is asked with <hint>
      Given from now on every follower is frozen
      When each of 4 clients reads volume "alpha" on the leader with <hint>, over and over until it steps down
      Then no read is confirmed

      Examples:
        | hint                        |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |

  @RC-10 @may @disruptive
  Rule: RC-10 A DEFAULT read at a leader that has just lost its majority is old; that is what DEFAULT means, and the features say so
    Source: Apache Ozone 2.2, as observed on the wire.
    Nothing is demanded; what was seen stands in the report. Whoever cannot live with an old answer asks with a linearizable hint.

    @needs:isolate-node
    Example: The leader has just been cut off
      Given from now on the leader is cut off
      When the client reads volume "alpha" on the leader with DEFAULT
      Then the report says whether volume "alpha" of "ann" is shown, of "bob", or none

    @needs:isolate-node
    Example: The leader is cut off, and has a successor
      Given from now on the leader is cut off
      And its successor gave volume "alpha" to "bob"
      When the client reads volume "alpha" on the leader with DEFAULT
      Then the report says whether volume "alpha" of "ann" is shown, of "bob", or none

    @needs:freeze-node
    Example: Every follower has just been frozen
      Given from now on every follower is frozen
      When the client reads volume "alpha" on the leader with DEFAULT
      Then the report says whether volume "alpha" of "ann" is shown, of "bob", or none
