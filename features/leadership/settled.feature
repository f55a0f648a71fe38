@ha @stage:plain
Feature: HA - a settled cluster

  A cluster is settled when a write was accepted and every node that names a leader names the node that accepted it. All of
  this is observed from outside, by who accepts writes; what a node says of itself is no proof. An election in the middle of a
  scenario makes it undecided: these rules are about a cluster that stays settled.

  @HA-1 @must
  Rule: HA-1 In a settled cluster exactly one node per group accepts that group's writes
    Source: Apache Ozone 2.2, as observed on the wire.
    With multi-raft off there is one group, main.

    Example: Every node is asked to create a volume of its own, at the same moment
      Given a settled cluster
      When every node is asked 20 times at once to create a volume
      Then the leader alone accepted, each time

    Example: The node that accepts is still the one that accepted
      Given a settled cluster
      When the client creates volume "alpha" on the leader
      And every node is asked 5 times at once to create a volume
      Then the leader alone accepted, each time
      And the answer is OK

  @HA-2 @must
  Rule: HA-2 A namespace write sent to a node that does not lead the write's group, in a settled cluster, is refused with OMNotLeaderException and has no effect anywhere
    Source: Apache Ozone 2.2, as observed on the wire, and design document 001.
    Refused whatever the write says: a follower's namespace may be behind, so it is not asked whether the write would fail.
    Anywhere: on the leader, and on every other node that serves linearizable reads.

    Scenario Outline: Followers are asked by a client that <operation>
      Given a settled cluster
      And volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      When the client <operation> on every follower
      Then the call is refused with OMNotLeaderException
      And nothing has changed on any node

      Examples:
        | operation                              |
        | creates volume "beta"                  |
        | creates volume "alpha" of "bob"        |
        | creates volume "Alpha"                 |
        | gives volume "alpha" to "bob"          |
        | limits volume "alpha" to 5000000 bytes |
        | gives volume "beta" to "bob"           |
        | deletes volume "alpha"                 |
        | deletes volume "beta"                  |
        | creates bucket "bag" in volume "alpha" |
        | creates bucket "box" in volume "beta"  |
        | deletes bucket "box" in volume "alpha" |

    Scenario Outline: A read hint does not let a follower write, with <hint>
      Given a settled cluster
      And volume "alpha" of "ann"
      When the client gives volume "alpha" to "bob" on every follower with <hint>
      Then the call is refused with OMNotLeaderException
      And volume "alpha" is as it was

      Examples:
        | hint                        |
        | LINEARIZABLE_ALLOW_FOLLOWER |
        | LOCAL_LEASE                 |

    Scenario Outline: The leader is asked by a client that <operation>
      Given a settled cluster
      And volume "alpha" of "ann"
      When the client <operation> on the leader
      Then the answer is OK

      Examples:
        | operation                              |
        | creates volume "beta"                  |
        | gives volume "alpha" to "bob"          |
        | creates bucket "box" in volume "alpha" |
        | deletes volume "alpha"                 |

  @HA-3 @must
  Rule: HA-3 In a settled cluster the suggested leader, when named, accepts the write
    Source: Apache Ozone 2.2, as observed on the wire, and design document 001.
    The suggestion is a node id of the cluster, in the text of the refusal or in its own trailer. A refusal that names nobody
    asks nothing of anybody.

    Scenario Outline: Clients <change>, first on a follower, then where it sends them
      Given a settled cluster
      When the client asks every follower to <change>, and then the leader that it names
      Then every leader so named accepts

      Examples:
        | change             |
        | create a volume    |
        | give away a volume |
        | delete a volume    |
        | create a bucket    |
