@ha @stage:plain
Feature: HA - leadership that is handed over

  Who leads is seen by who accepts writes. A transfer may be answered long after it was done, and the node that led may accept
  writes until the last moment.

  @HA-9 @must @disruptive
  Rule: HA-9 TransferLeadership moves the leadership of `main` to the named node within the budget, whenever its answer comes (real Ozone: up to 13 s); an empty name to any other; an unknown name is refused with a status
    Source: Apache Ozone 2.2, as observed on the wire. Any node may be asked. The budget is that of a failover.

    Scenario Outline: <asked> is asked to hand it to a follower
      Given a settled cluster
      When <asked> is asked to hand leadership to a follower
      Then leadership is there within the failover budget

      Examples:
        | asked      |
        | the leader |
        | a follower |

    Scenario Outline: <asked> is asked to hand it to nobody in particular
      Given a settled cluster
      When <asked> is asked to hand leadership to any other node
      Then leadership is there within the failover budget

      Examples:
        | asked      |
        | the leader |
        | a follower |

    Scenario Outline: <asked> is asked to hand it to a node that there is not
      Given a settled cluster
      When <asked> is asked to hand leadership to node "om99"
      Then the answer is a business failure

      Examples:
        | asked      |
        | the leader |
        | a follower |
