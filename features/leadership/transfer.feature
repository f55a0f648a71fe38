@ha @stage:plain
Feature: HA - leadership that is handed over

  Who leads is seen by who accepts writes. A transfer may be answered long after it was done, and the node that led may accept
  writes until the last moment.

  @HA-9 @must @disruptive
  Rule: HA-9 TransferLeadership moves the leadership of `main` to the named node within the budget, whenever its answer comes (real Ozone: up to 13 s); an empty name to any other; an unknown name is refused with a status
    Source: Apache Ozone 2.2, as observed on the wire. The budget is that of a failover. Here the leader is asked; followers take
    the request where they may serve reads (RC-6).

    Example: To a follower
      Given a settled cluster
      When the leader is asked to hand leadership to a follower
      Then leadership is there within the failover budget

    Example: To nobody in particular
      Given a settled cluster
      When the leader is asked to hand leadership to any other node
      Then leadership is there within the failover budget

    Example: To a node that there is not
      Given a settled cluster
      When the leader is asked to hand leadership to node "om99"
      Then the answer is a business failure
