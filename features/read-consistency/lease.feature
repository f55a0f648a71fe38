@read-consistency @stage:read-consistency
Feature: RC - local leases and unknown hints

  With LOCAL_LEASE a follower answers by itself as long as it is not too far behind its leader, in entries and in time. A client
  may set both limits; what it does not say is the node's own, 10,000 entries and 5 seconds by default.

  Background:
    Given a settled cluster
    And volume "alpha" of "ann"
    And every follower has shown volume "alpha" of "ann"

  @RC-4 @must
  Rule: RC-4 LOCAL_LEASE within its limits is answered by the follower, outside them refused; limits −1/−1 always answer, unless the node is starting or installing a snapshot; the leader ignores the limits
    Source: Apache Ozone 2.2, as observed on the wire.
    No example hangs on a few milliseconds: a follower is behind because it does not apply, and out of time because it has been
    alone for longer than any limit. A follower whose words are lost is told of fewer and fewer entries by its leader; it has to know
    all the same how far behind it is, or to refuse. A node that starts may refuse or show what it has, which is never less than it showed before.

    Scenario Outline: Followers that are behind nothing are asked under <lease>
      When the client reads volume "alpha" on every follower under <lease> until it is answered
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | lease                                               |
        | LOCAL_LEASE within the node's limits                |
        | LOCAL_LEASE at most 0 entries behind                |
        | LOCAL_LEASE at most 0 entries behind and of any age |

    Example: The leader is asked with limits that nobody could keep
      When the client reads volume "alpha" on the leader under LOCAL_LEASE at most 0 entries behind and at most 0 ms old
      Then the answer shows volume "alpha" of "ann"

    @needs:pause-apply @needs:status @disruptive
    Scenario Outline: A follower that does not apply is out of bounds under <lease>
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client gives volume "alpha" to "cid"
      And the client reads volume "alpha" there under <lease>
      Then the call is refused with OMNotLeaderException

      Examples:
        | lease                                                       |
        | LOCAL_LEASE one entry less behind than it is                |
        | LOCAL_LEASE one entry less behind than it is and of any age |

    @needs:pause-apply @needs:status @disruptive
    Scenario Outline: A follower that does not apply is within bounds under <lease>
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client gives volume "alpha" to "cid"
      And the client reads volume "alpha" there under <lease>
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | lease                                |
        | LOCAL_LEASE as far behind as it is   |
        | LOCAL_LEASE any distance behind      |
        | LOCAL_LEASE within the node's limits |
        | LOCAL_LEASE without limits           |

    @needs:isolate-node @disruptive
    Scenario Outline: A follower that is cut off is asked under <lease>, over and over
      Given a follower that is cut off
      When the client reads volume "alpha" on that follower under <lease> until it is refused
      Then the call is refused with OMNotLeaderException

      Examples:
        | lease                                                   |
        | LOCAL_LEASE within the node's limits                    |
        | LOCAL_LEASE any distance behind                         |
        | LOCAL_LEASE any distance behind and at most 2000 ms old |

    @needs:isolate-node @needs:node-clock @disruptive
    Scenario Outline: A follower that is cut off, and whose clock <jump>, is asked over and over
      Given a follower that is cut off
      And its clock <jump>
      When the client reads volume "alpha" on that follower under LOCAL_LEASE within the node's limits until it is refused
      Then the call is refused with OMNotLeaderException

      Examples:
        | jump                    |
        | is set back by an hour  |
        | is set ahead by an hour |
        | stood still for an hour |

    @needs:freeze-node @disruptive
    Scenario Outline: All the others are frozen, and the follower is asked under <lease>, over and over
      Given from now on every node but a follower is frozen
      When the client reads volume "alpha" on that follower under <lease> until it is refused
      Then the call is refused with OMNotLeaderException

      Examples:
        | lease                                                   |
        | LOCAL_LEASE within the node's limits                    |
        | LOCAL_LEASE any distance behind and at most 2000 ms old |

    @needs:isolate-node @disruptive
    Example: A follower that is cut off is asked without limits, once its lease has run out
      Given a follower that is cut off
      When the client reads volume "alpha" on that follower under LOCAL_LEASE within the node's limits until it is refused
      And the client reads volume "alpha" there under LOCAL_LEASE without limits
      Then the answer shows volume "alpha" of "ann"

    @needs:freeze-node @disruptive
    Example: All the others are frozen, and the follower is asked without limits, once its lease has run out
      Given from now on every node but a follower is frozen
      When the client reads volume "alpha" on that follower under LOCAL_LEASE within the node's limits until it is refused
      And the client reads volume "alpha" on that follower under LOCAL_LEASE without limits
      Then the answer shows volume "alpha" of "ann"

    @needs:isolate-one-way @needs:status @disruptive
    Example: A follower hears its leader, and nobody hears that it misses writes
      Given a follower that is heard by nobody
      When 2 clients create a volume 100 times each and read it on the leader
      And the client gives volume "alpha" to "bob"
      And 2 clients create a volume 50 times each and read it on the leader
      And the client reads volume "alpha" there under LOCAL_LEASE at most 20 entries behind
      Then every answer, if any, shows volume "alpha" of "bob"

    @needs:kill-node @disruptive
    Example: A follower is started again, and asked from the first moment on
      Given a follower that is down
      When the client reads volume "alpha" there under LOCAL_LEASE without limits from its start until it is answered
      Then the answer shows volume "alpha" of "ann"

  @RC-8 @must @disruptive
  Rule: RC-8 A hint with an unknown enum value is treated as no hint or refused, never as a weaker one
    Source: decided here.
    On a follower that has been alone for longer than its lease a read without a hint is refused, and one under LOCAL_LEASE without
    limits is answered (RC-4). What says nothing is to be refused there, also where it brings along the limits of a lease: the
    values 0, 5, 99 and −1, and no value at all.

    @needs:isolate-node
    Example: The follower is cut off
      Given a follower that is cut off
      When the client reads volume "alpha" on that follower under LOCAL_LEASE within the node's limits until it is refused
      And the client reads volume "alpha" on that follower with each hint that says nothing
      Then each is refused for now, within the read time-out

    @needs:freeze-node
    Example: All the others are frozen
      Given from now on every node but a follower is frozen
      When the client reads volume "alpha" on that follower under LOCAL_LEASE within the node's limits until it is refused
      And the client reads volume "alpha" on that follower with each hint that says nothing
      Then each is refused for now, within the read time-out
