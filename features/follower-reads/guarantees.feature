@follower-reads @stage:follower-reads
Feature: FR-GUAR - what clients of follower reads may rely on

  A client that hands on what it was told sees its own writes and never goes back, whichever node it asks. One that msyncs before it
  reads sees what others were told of as well.

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
