@ha @stage:plain
Feature: HA - loss of power

  A killed process loses nothing that it wrote: the system has it. A node without power loses what its disk had not synced, the
  last write perhaps in the middle. First the disks stand still for a moment while the nodes go on, as before many a real
  loss: whoever acknowledges what is not synced does so then. A write without an answer is neither acknowledged nor failed.

  @HA-19 @must @needs:power-loss @disruptive
  Rule: HA-19 Every acknowledged write survives power loss of all nodes at once (unsynced writes are lost, which kill -9 does not show)
    Source: decided here. A majority acknowledges; when all lose their power, only what is on their disks is left of it.

    @needs:restart-node
    Example: All nodes at once
      Given a settled cluster
      When 4 clients write while every node loses power
      And every node has power again
      Then every node that has power again has started
      And every acknowledged write is there

    @needs:restart-node
    Example: The node that led stays away
      Given a settled cluster
      When 4 clients write while every node loses power
      And every follower has power again
      Then every node that has power again has started
      And every acknowledged write is there

    @needs:restart-node @needs:snapshot
    Example: The logs had just been cut
      Given a settled cluster
      And every node has cut its log
      When 4 clients write while every node loses power
      And every node has power again
      Then every node that has power again has started
      And every acknowledged write is there

    @needs:restart-node @needs:kill-node
    Example: A follower had been down before
      Given a settled cluster
      And a follower that is down
      When 4 clients write while every node loses power
      And every node has power again
      Then every node that has power again has started
      And every acknowledged write is there
