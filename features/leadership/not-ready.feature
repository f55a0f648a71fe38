@ha @stage:read-consistency
Feature: HA - a leader that is not ready

  A node that was just elected has in its log what its predecessors committed, and may not have applied it. Until it has applied
  an entry of its own term it does not know the state that it is to answer for. Here its apply is held back, so that it stays
  in that state for as long as it is looked at.

  @HA-4 @must @needs:pause-apply @needs:transfer-group @disruptive
  Rule: HA-4 A leader that has not applied its own term refuses writes, plain and DEFAULT reads with OMLeaderNotReadyException; linearizable reads wait or are refused. With follower reads on, it refuses Msync likewise and answers an aligned read once its vector is applied
    Source: Apache Ozone 2.2, as observed on the wire.
    Msyncs and reads with an id are asked in the stage that has follower reads on. A client that knows of nothing newer than the node has
    applied may be answered from that.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"
      And a follower that has stopped applying

    Scenario Outline: A client <operation>
      Given leadership is handed to it
      When the client <operation> there 4 times at once
      Then it says that it is not ready yet

      Examples:
        | operation                     |
        | gives volume "alpha" to "bob" |
        | deletes volume "beta"         |
        | reads volume "alpha"          |

    Example: A client reads with DEFAULT
      Given leadership is handed to it
      When the client reads volume "alpha" there 4 times at once with DEFAULT
      Then it says that it is not ready yet

    Scenario Outline: A client reads with <hint>
      Given the client gives volume "alpha" to "bob"
      And leadership is handed to it
      When the client reads volume "alpha" there with <hint> before it applies again
      Then every answer, if any, shows volume "alpha" of "bob"

      Examples:
        | hint                        |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |

    @stage:follower-reads
    Example: A client msyncs
      Given leadership is handed to it
      When the client msyncs there 4 times at once
      Then it says that it is not ready yet

    @stage:follower-reads
    Example: A client reads with DEFAULT what it knows the node to have applied
      Given leadership is handed to it
      When the client reads volume "alpha" there with DEFAULT and its own id
      Then it says that it is not ready yet

    @stage:follower-reads
    Example: A client reads what it knows the node to have applied
      Given leadership is handed to it
      When the client reads volume "alpha" there with its own id
      Then the answer shows volume "alpha" of "ann"

    @stage:follower-reads
    Example: A client reads with the id of what the node has not applied yet
      When client "foo" gives volume "alpha" to "bob"
      And leadership is handed to it
      And client "foo" reads volume "alpha" there, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"
