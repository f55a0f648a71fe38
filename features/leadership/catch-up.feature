@ha @stage:plain
Feature: HA - nodes that come back

  @HA-11 @must @needs:restart-node @needs:snapshot @disruptive
  Rule: HA-11 A node that was down catches up on its own, from the log or from a snapshot
    Source: Apache Ozone 2.2, as observed on the wire. That it has caught up is seen by linearizable reads on every node: they
    wait for what was committed, and fail where it never comes.

    @needs:kill-node
    Example: What it missed is in the log of the others
      Given a settled cluster
      And a follower that is down
      And 4 clients write for a while
      When the killed nodes are started again
      Then in the end every node shows every acknowledged write

    @needs:kill-node
    Example: What it missed is in a snapshot only
      Given a settled cluster
      And a follower that is down
      And 4 clients write for a while
      And the others keep a snapshot and drop the log before it
      When the killed nodes are started again
      Then in the end every node shows every acknowledged write

    @needs:kill-node
    Example: It led before
      Given a settled cluster
      And from now on the leader is down
      And 4 clients write for a while
      And the others keep a snapshot and drop the log before it
      When the killed nodes are started again
      Then in the end every node shows every acknowledged write
