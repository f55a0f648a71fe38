@follower-reads @stage:plain
Feature: FR-STATE - follower reads switched off

  With the default of `ozone.om.follower.read.enabled` an OM is what it was before there were follower reads.

  @FR-STATE-7 @must @needs:configure
  Rule: FR-STATE-7 With the feature off the node sends no id and ignores any value of it, malformed too; reads follow the hint or the plain rule
    Source: seed 002 (state.context.enabled), HDFS observer reads (B03).
    A client that sends an id to such a node is told no id, from which it learns that the id was not heard.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: Every node is asked with <id> by a client that <operation>
      When the client <operation> on every node with <id>
      Then no answer carries a state id

      Examples:
        | operation                     | id                       |
        | reads volume "alpha"          | no id                    |
        | reads volume "gamma"          | the id "main:1"          |
        | gives volume "alpha" to "bob" | the id "main:x"          |
        | reads an echo                 | the greatest id there is |
        | msyncs                        | no id                    |

    Scenario Outline: The leader is asked with <id>
      When the client reads volume "alpha" on the leader with <id>
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | id                       |
        | the id "main:1"          |
        | the greatest id there is |
        | the id ""                |
        | the id "main:-1"         |
        | an id of 129 groups      |

    Scenario Outline: The leader is asked to write with <id>
      When the client gives volume "alpha" to "bob" on the leader with <id>
      Then volume "alpha" belongs to "bob"

      Examples:
        | id                       |
        | the greatest id there is |
        | the id "main:-1"         |

    Scenario Outline: Followers are asked with <id>
      When the client reads volume "alpha" on every follower with <id>
      Then the call is refused with OMNotLeaderException

      Examples:
        | id                       |
        | the id "main:0"          |
        | the greatest id there is |
        | the id "main:-1"         |

    Scenario Outline: Followers are asked with DEFAULT and <id>
      When the client reads volume "alpha" on every follower with DEFAULT and <id>
      Then the call is refused with OMNotLeaderException

      Examples:
        | id              |
        | the id "main:0" |
        | the id "main:x" |
