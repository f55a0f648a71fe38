@ha @stage:plain
Feature: HA - durability

  Clients create, give away and delete volumes as fast as they are answered, and keep their own record of what was
  acknowledged. Nodes are ended with kill -9 while writes are in flight. A write without an answer, or refused while leadership
  moved, is neither acknowledged nor failed: both of its outcomes are right.

  @HA-5 @must @needs:kill-node @disruptive
  Rule: HA-5 Every acknowledged write survives kill -9 of the leader and of a follower
    Source: Apache Ozone 2.2, as observed on the wire.
    Read back at the leader, and on every other node that serves linearizable reads. A leader that is left alone cannot get a
    majority for what it is asked: what it acknowledged all the same would be lost with it.

    Example: The others go on without the leader
      Given a settled cluster
      When 4 clients write while the leader is killed
      Then every acknowledged write is there

    Scenario Outline: All read back once <victim> is started again
      Given a settled cluster
      When 4 clients write while <victim> is killed
      And the killed nodes are started again
      Then every acknowledged write is there

      Examples:
        | victim     |
        | the leader |
        | a follower |

    Example: The follower that is left has to have kept what it acknowledged
      Given a settled cluster
      And a follower that is down
      When 4 clients write while the leader is killed
      And the killed nodes are started again
      Then every acknowledged write is there

    Example: The leader is alone before it dies
      Given a settled cluster
      And a follower that is down
      When 4 clients write while a follower, then the leader, is killed
      And the followers are started again
      Then every acknowledged write is there

  @HA-6 @must @needs:kill-node @disruptive
  Rule: HA-6 Every acknowledged write survives kill -9 of all nodes and restart
    Source: Apache Ozone 2.2, as observed on the wire.
    Where the node that led stays away at first, the others must have on disk what was acknowledged. That they can start without
    it follows from their being a majority.

    Example: All nodes at once
      Given a settled cluster
      When 4 clients write while every node is killed
      And the killed nodes are started again
      Then every acknowledged write is there

    Example: The node that led is alone before it dies, and stays away
      Given a settled cluster
      When 4 clients write while every follower, then the leader, is killed
      And the followers are started again
      Then every acknowledged write is there

    Example: Only one of those that come back has the newest writes
      Given a settled cluster
      And a follower that is down
      When 4 clients write while every node is killed
      And the followers are started again
      Then every acknowledged write is there
