@ha @stage:plain
Feature: HA - leaders that are lost

  @HA-8 @must @needs:kill-node @disruptive
  Rule: HA-8 Writes work again within the failover budget after a leader loss (budget in the target file, default 10 s)
    Source: Apache Ozone 2.2, as observed on the wire. Counted from the moment at which the node is gone to the first write that
    another node accepts. A budget that was missed on a machine that is slow itself decides nothing.

    Example: The leader is killed
      Given a settled cluster
      When the leader is down and a client asks on until a node accepts writes
      Then that took no longer than the failover budget
      And what is created now is there

    Example: Its successor is killed as well
      Given a settled cluster
      And from now on the leader is down
      And the killed nodes are started again
      When the leader is down and a client asks on until a node accepts writes
      Then that took no longer than the failover budget
      And what is created now is there

    @needs:freeze-node
    Example: The leader sleeps
      Given a settled cluster
      When the leader is frozen and a client asks on until a node accepts writes
      Then that took no longer than the failover budget
      And what is created now is there

    @needs:isolate-node
    Example: The leader is cut off
      Given a settled cluster
      When the leader is cut off and a client asks on until a node accepts writes
      Then that took no longer than the failover budget
      And what is created now is there

  @HA-13 @must
  Rule: HA-13 leaderOMNodeId, when present on an OK answer, names the node that led
    Source: Apache Ozone 2.2, as observed on the wire, where it is set on answers that went through Raft and on no others. It is
    a hint for diagnosis; an implementation that never sets it is right.

    Scenario Outline: Every node is asked by a client that <operation>
      Given a settled cluster
      And volume "alpha" of "ann"
      When the client <operation> on every node
      Then whoever is named as leader led

      Examples:
        | operation                              |
        | creates volume "beta"                  |
        | gives volume "alpha" to "bob"          |
        | creates bucket "box" in volume "alpha" |

    Scenario Outline: Every node is asked with <hint>
      Given a settled cluster
      And volume "alpha" of "ann"
      When the client reads volume "alpha" on every node with <hint>
      Then whoever is named as leader led

      Examples:
        | hint                        |
        | DEFAULT                     |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |

    @needs:kill-node @disruptive
    Example: The leader was lost before
      Given volume "alpha" of "ann"
      And from now on the leader is down
      When the client gives volume "alpha" to "bob"
      Then whoever is named as leader led
