@read-consistency @stage:read-consistency
Feature: RC - histories with reads on all nodes

  Clients write at the leader and read with LINEARIZABLE_ALLOW_FOLLOWER wherever they like: volumes, buckets, keys, and pages of
  listings. A read that is refused, or has no answer, says nothing; every answer has to fit.

  @RC-7 @must @needs:kill-node @disruptive
  Rule: RC-7 A history of writes and LINEARIZABLE_ALLOW_FOLLOWER reads on all nodes, with leader kills and transfers, is linearizable
    Source: Apache Ozone 2.2, as observed on the wire.
    A read may be answered from any moment while it was open, and from none before: what somebody has seen or was told of by
    then is in it. Each page of a listing is a read of its own, and shows one moment. A follower that does not apply has all writes
    and none of their effects.

    Scenario Outline: Reads at <readers> while <disturbance>
      Given a settled cluster
      When 8 clients work on <operations> mixed operations, reading at <readers> with LINEARIZABLE_ALLOW_FOLLOWER, while <disturbance>
      Then the history is linearizable

      Examples:
        | readers    | disturbance                                        | operations |
        | followers  | nothing else happens                               | 200        |
        | followers  | leadership is handed over                          | 300        |
        | every node | leadership is handed over and the leader is killed | 400        |

      @needs:pause-apply
      Examples: behind for a while
        | readers   | disturbance                            | operations |
        | followers | a follower stops to apply now and then | 300        |
