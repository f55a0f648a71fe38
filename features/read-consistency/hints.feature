@read-consistency @stage:read-consistency
Feature: RC - read consistency hints

  A read says how fresh its answer has to be, by a hint of Apache Ozone 2.2. The stage of these rules has linearizable reads
  and follower local leases on, and no leader that skips the confirmation of its leadership.

  @RC-1 @must
  Rule: RC-1 DEFAULT and LINEARIZABLE_LEADER_ONLY at a follower are refused with OMNotLeaderException
    Source: Apache Ozone 2.2, as observed on the wire.
    Also when what is asked for does not exist: a follower may not know. And also of commands that any node answers which is not asked for
    the leader's word (RC-6). The leader answers both.

    Scenario Outline: Followers are asked with <hint> by a client that <operation>
      Given a settled cluster
      And volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      When the client <operation> on every follower with <hint>
      Then the call is refused with OMNotLeaderException

      Examples:
        | hint                     | operation                            |
        | DEFAULT                  | reads volume "alpha"                 |
        | DEFAULT                  | reads volume "beta"                  |
        | DEFAULT                  | reads bucket "box" in volume "alpha" |
        | LINEARIZABLE_LEADER_ONLY | reads volume "alpha"                 |
        | LINEARIZABLE_LEADER_ONLY | reads volume "beta"                  |
        | LINEARIZABLE_LEADER_ONLY | reads bucket "box" in volume "alpha" |

    Scenario Outline: Followers are asked for <command> with <hint>
      Given a settled cluster
      When the client asks every follower for <command> with <hint>
      Then the call is refused with OMNotLeaderException

      Examples:
        | command            | hint                     |
        | ServiceList        | DEFAULT                  |
        | ServiceList        | LINEARIZABLE_LEADER_ONLY |
        | TransferLeadership | DEFAULT                  |
        | TransferLeadership | LINEARIZABLE_LEADER_ONLY |

    Scenario Outline: The leader is asked with <hint>
      Given a settled cluster
      And volume "alpha" of "ann"
      When the client reads volume "alpha" on the leader with <hint>
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | hint                     |
        | DEFAULT                  |
        | LINEARIZABLE_LEADER_ONLY |

  @RC-2 @must
  Rule: RC-2 LINEARIZABLE_ALLOW_FOLLOWER at a follower returns every write acknowledged before the read began
    Source: Apache Ozone 2.2, as observed on the wire.
    A refusal that invites to ask again is no answer; the read is asked again, within the budget for what happens in the end.
    Ozone sometimes lets such a read run into its own read time-out of ten seconds. Reads begin when the write's answer has
    arrived at the client that reads.

    Scenario Outline: Several clients <change> and read it on every follower
      Given a settled cluster
      When 4 clients <change> 6 times each and read it on every follower
      Then every read shows the change acknowledged before it

      Examples:
        | change             |
        | create a volume    |
        | give away a volume |
        | delete a volume    |
        | create a bucket    |
        | list a new volume  |

    @needs:freeze-node @disruptive
    Example: The follower slept through the write
      Given a settled cluster
      And a follower that is frozen
      When the client creates volume "alpha" of "ann"
      And the client reads volume "alpha" there with LINEARIZABLE_ALLOW_FOLLOWER as it comes back
      Then the answer shows volume "alpha" of "ann"

    @needs:kill-node @disruptive
    Example: The follower was down during the write
      Given a settled cluster
      And a follower that is down
      When the client creates volume "alpha" of "ann"
      And the client reads volume "alpha" there with LINEARIZABLE_ALLOW_FOLLOWER as it comes back
      Then the answer shows volume "alpha" of "ann"

    @needs:pause-apply @disruptive
    Example: The follower has the write and has not applied it
      Given a settled cluster
      And a follower that has stopped applying
      When the client creates volume "alpha" of "ann"
      And the client reads volume "alpha" there with LINEARIZABLE_ALLOW_FOLLOWER as it comes back
      Then the answer shows volume "alpha" of "ann"
