@ha @stage:plain
Feature: HA - writes that cannot be carried out

  A leader learns only after a while that its majority is gone. The writes that it holds by then may still happen, under a later
  leader that has them in its log, or may vanish. A client has to be told something, and nothing that is not true.

  @HA-16 @must @needs:freeze-node @disruptive
  Rule: HA-16 A failed attempt that says `om-outcome: none` never takes effect; one that does not say so may
    Source: Apache Ozone 2.2, as observed on the wire: a write refused with OMNotLeaderException was seen to happen. The trailer
    is the wire binding's. An implementation that never says so is right; its clients have to take each failure for an unknown outcome.

    Example: The followers sleep while the leader is asked to write
      Given a settled cluster
      And volume "alpha" of "ann"
      And from now on every follower is frozen
      When 8 clients create a volume each on the leader
      Then in the end what said that it cannot happen has not happened

    Example: Followers are asked to write
      Given a settled cluster
      And volume "alpha" of "ann"
      When 8 clients create a volume each on a follower
      Then in the end what said that it cannot happen has not happened

    @needs:isolate-node
    Example: The leader is cut off while it is asked to write
      Given a settled cluster
      And volume "alpha" of "ann"
      And from now on the leader is cut off
      When 8 clients create a volume each on the leader
      Then in the end what said that it cannot happen has not happened

  @HA-17 @must @needs:freeze-node @disruptive
  Rule: HA-17 A leader that loses its majority answers pending writes within the write time-out, not never
    Source: Apache Ozone 2.2, as observed on the wire. The time-out is a budget of the target file, 10 s by default. Whether
    the leader refuses sooner, because it finds out, is its own business.

    Example: Every follower sleeps
      Given a settled cluster
      And volume "alpha" of "ann"
      And from now on every follower is frozen
      When 8 clients create a volume each on the leader
      Then each is answered within the write time-out
      And no write is acknowledged
