@ha @stage:read-consistency
Feature: HA - members that come and go

  A voter that has lost its data directory has forgotten how it voted and what it acknowledged. Were it to go on as what it was,
  two leaders could be elected in one term, and acknowledged writes could be lost. So it comes back only as a new member: removed,
  admitted as a learner, which gets the log and has no vote, and promoted once it has caught up. Each of the clusters here has
  three voters, and has three again afterwards.

  @HA-18 @must @needs:drop-replica @needs:membership @needs:restart-node @disruptive
  Rule: HA-18 A node whose data directory was erased neither votes nor counts for a majority until it is re-admitted under a new member id and has caught up; started with its old identity it refuses, naming the directory
    Source: decided here. Raft relies on what a member wrote down; a member that cannot remember is another member.

    Example: It is started as what it was
      Given a settled cluster
      And a follower that has lost its data directory
      When it is started again
      Then it refuses to start and names its data directory

    Example: It was removed, and is not admitted yet
      Given a settled cluster
      And a follower that has lost its data directory
      And the cluster is asked to remove it
      When it is started again
      Then it refuses to start and names its data directory

    @needs:isolate-node
    Example: Only with it would there be a majority
      Given a settled cluster
      And a follower that has lost its data directory
      And it is started again
      And the other follower is cut off
      When every node is asked to write for a while
      Then no write is acknowledged

    @needs:isolate-node
    Example: It is admitted and has not caught up
      Given a settled cluster
      And a learner in the place of a follower
      And the learner is cut off
      And the client creates 3 volumes
      When the cluster is asked to promote it
      Then the cluster refuses that

    @needs:snapshot @needs:status
    Example: It is admitted anew when the log that it lacks is gone
      Given a settled cluster
      And a follower that has lost its data directory
      And the client creates 3 volumes
      And the other nodes have cut their logs
      When it is admitted anew
      Then it is a voter again

    @needs:isolate-node
    Example: Once it has caught up it counts again
      Given a settled cluster
      And a follower that has lost its data directory
      And it is admitted anew
      And the other follower is cut off
      When the client creates 3 volumes
      Then every write is acknowledged

    @needs:status
    Example: It loses its data directory twice
      Given a settled cluster
      And a follower that has lost its data directory
      And it is admitted anew
      And it loses its data directory once more
      When it is admitted anew
      Then it has had 3 member ids, each another

    @needs:status @needs:snapshot
    Example: It stays removed when the others start again
      Given a settled cluster
      And a follower that has lost its data directory
      And the cluster is asked to remove it
      And the other nodes have cut their logs
      When the other nodes are started again
      Then the others know each other as the only voters

    Example: A removed node serves nothing of what it still has
      Given a settled cluster
      And volume "alpha" of "ann"
      And a follower that was removed
      When the client reads volume "alpha" there whatever the hint
      Then no call is answered

  @HA-20 @must @needs:membership @disruptive
  Rule: HA-20 A learner never leads and never counts for a majority; its loss or slowness changes neither availability nor write latency
    Source: HDDS follower reads (design 002, observers).
    That a write does not wait for a learner is seen where the learner could not have answered: it is cut off, or stands still.

    @needs:drop-replica @needs:restart-node @needs:isolate-node
    Example: With a learner instead of the second voter there is no majority
      Given a settled cluster
      And a learner in the place of a follower
      And the other follower is cut off
      When every node is asked to write for a while
      Then no write is acknowledged

    @needs:drop-replica @needs:restart-node @needs:isolate-node
    Example: The leader is cut off, and the learner is no successor
      Given a settled cluster
      And a learner in the place of a follower
      And from now on the leader is cut off
      When every node is asked to write for a while
      Then no write is acknowledged

    @needs:drop-replica @needs:restart-node
    Scenario Outline: Writes go on while the learner <hindrance>
      Given a settled cluster
      And a learner in the place of a follower
      And the learner <hindrance>
      When the client creates 3 volumes
      Then every write is acknowledged

      @needs:isolate-node
      Examples: without a word
        | hindrance |
        | is cut off |

      @needs:pause-apply
      Examples: slow
        | hindrance            |
        | has stopped applying |

      @needs:freeze-node
      Examples: standing still
        | hindrance |
        | is frozen |

      @needs:kill-node
      Examples: gone
        | hindrance |
        | is down   |

    @needs:drop-replica @needs:restart-node
    Example: A learner is not handed the leadership
      Given a settled cluster
      And a learner in the place of a follower
      When the cluster is asked to hand its leadership to it
      Then the cluster refuses that
