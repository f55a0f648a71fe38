@leader-execution @stage:plain
Feature: LE-RETRY - repeated calls

  A client whose call was not answered cannot know whether it was carried out. It names each call by its own client id and a
  call id, and sends an unanswered one again under the same name, to whichever node leads then. A call id is echoed by an OM
  that remembers calls; to one that does not, no client may repeat a write.

  @LE-RETRY-1 @must @needs:kill-node
  Rule: LE-RETRY-1 The same (clientId, call id) sent again to whatever node then leads, within the expiry, before, during or after the first execution, over failover and restart, has one effect and the same cmdType, status and body, with an id that is not lower
    Source: decided here, for answers that are lost with the node that gave them.
    Refused calls are remembered like accepted ones: a client that is told another status than the first time would draw another
    conclusion. The text of a message is free, and who answered may differ. Ids are asked for in the stage that has follower reads on.

    Scenario Outline: The client <operation>, and asks again
      Given volumes "alpha" and "gamma"
      And bucket "box" in volume "alpha"
      When the client <operation> as call "one"
      And the client sends call "one" again
      Then call "one" was answered alike each time
      And the answer is <status>

      Examples:
        | operation                              | status                |
        | creates volume "beta"                  | OK                    |
        | creates volume "alpha"                 | VOLUME_ALREADY_EXISTS |
        | gives volume "alpha" to "bob"          | OK                    |
        | gives volume "beta" to "bob"           | VOLUME_NOT_FOUND      |
        | deletes volume "gamma"                 | OK                    |
        | deletes volume "alpha"                 | VOLUME_NOT_EMPTY      |
        | creates bucket "bag" in volume "alpha" | OK                    |
        | creates bucket "box" in volume "alpha" | BUCKET_ALREADY_EXISTS |
        | deletes bucket "box" in volume "alpha" | OK                    |
        | deletes bucket "bag" in volume "alpha" | BUCKET_NOT_FOUND      |

    Example: What the call made was removed by another call meanwhile
      When the client creates volume "beta" as call "one"
      And the client deletes volume "beta"
      And the client sends call "one" again
      Then call "one" was answered alike each time
      And volume "beta" is missing

    Example: What the call changed was changed by another call meanwhile
      Given volume "alpha" of "ann"
      When the client gives volume "alpha" to "bob" as call "one"
      And the client gives volume "alpha" to "carol" as call "two"
      And the client sends call "one" again
      Then call "one" was answered alike each time
      And volume "alpha" belongs to "carol"

    Example: What refused the call is gone
      Given volume "alpha"
      When the client creates volume "alpha" as call "one"
      And the client deletes volume "alpha"
      And the client sends call "one" again
      Then call "one" was answered alike each time
      And volume "alpha" is missing

    Scenario Outline: Many attempts to <what> are under way at once
      Given volume "alpha" of "ann"
      When the client <operation> as call "one" 16 times at once
      Then call "one" was answered alike each time
      And the answer is OK

      Examples:
        | what            | operation                              |
        | create a volume | creates volume "beta"                  |
        | delete a volume | deletes volume "alpha"                 |
        | create a bucket | creates bucket "box" in volume "alpha" |

    Example: Nodes that do not lead were asked first
      Given a settled cluster
      When the client creates volume "beta" as call "one" on every follower
      And the client sends call "one" again
      And the client sends call "one" again
      Then the answer is OK
      And every answer to call "one" repeats its id

    Scenario Outline: The repeated call has something unknown in <place>
      Given volume "alpha"
      When the client deletes volume "alpha" as call "one"
      And the client sends call "one" again with something unknown in <place>
      Then call "one" was answered alike each time
      And every answer to call "one" repeats its id

      Examples:
        | place        |
        | the request  |
        | the metadata |

    @disruptive
    Scenario Outline: <loss> is lost after it answered
      Given volume "alpha"
      When the client deletes volume "alpha" as call "one"
      And <loss> is killed, and the cluster goes on
      And the client sends call "one" again
      Then call "one" was answered alike each time

      Examples:
        | loss       |
        | the leader |
        | every node |

    @stage:follower-reads
    Example: The call is answered from memory, with follower reads on
      Given volume "alpha" of "ann"
      When the client gives volume "alpha" to "bob" as call "one"
      And the client gives volume "alpha" to "carol"
      And the client sends call "one" again
      Then no later answer to call "one" says a lower id

    @stage:follower-reads @disruptive
    Scenario Outline: <loss> is lost after it answered, with follower reads on
      Given volume "alpha" of "ann"
      When the client gives volume "alpha" to "bob" as call "one"
      And <loss> is killed, and the cluster goes on
      And the client sends call "one" again
      Then call "one" was answered alike each time
      And no later answer to call "one" says a lower id

      Examples:
        | loss       |
        | the leader |
        | every node |

    @disruptive
    Scenario Outline: Clients do not stop asking while <loss> is lost
      Given a settled cluster
      When 4 clients send each call until it is answered while <loss> is killed
      And every client sends its calls again
      Then every call was carried out once

      Examples:
        | loss       |
        | the leader |
        | every node |

  @LE-RETRY-3 @must @needs:kill-node
  Rule: LE-RETRY-3 The same call id with a different request (digest of cmdType and sub-request as received) is refused with INVALID_REQUEST
    Source: decided here: a client that numbers its calls wrongly must not be told what another call of it was told.

    Scenario Outline: The client <operation> under the id of another call
      Given volume "alpha" of "ann"
      When the client creates volume "beta" as call "one"
      And the client <operation> as call "one"
      Then the answer is INVALID_REQUEST
      And volume "alpha" is as it was

      Examples:
        | operation                                         |
        | creates volume "gamma"                            |
        | creates volume "beta" of "ann"                    |
        | creates volume "beta" with a quota of 10000 bytes |
        | gives volume "alpha" to "bob"                     |
        | deletes volume "alpha"                            |
        | deletes volume "beta"                             |
        | creates bucket "box" in volume "alpha"            |
        | creates volume "Beta"                             |

    Scenario Outline: The repeated request has something unknown in <place>
      Given volume "alpha" of "ann"
      When the client gives volume "alpha" to "ann" as call "one"
      And the client sends call "one" again with something unknown in <place>
      Then the answer is INVALID_REQUEST

      Examples:
        | place                 |
        | the command           |
        | the innermost message |

    Example: The first call was refused
      Given volumes "alpha" and "gamma"
      When the client creates volume "alpha" as call "one"
      And the client deletes volume "gamma" as call "one"
      Then the answer is INVALID_REQUEST
      And volume "gamma" is as it was

    Example: The call is still the first one
      Given volume "alpha"
      When the client creates volume "beta" as call "one"
      And the client deletes volume "beta" as call "one"
      And the client sends call "one" again
      Then call "one" was answered alike each time
      And the answer is OK

    @disruptive
    Scenario Outline: <loss> is lost in between
      Given volume "alpha" of "ann"
      When the client creates volume "beta" as call "one"
      And <loss> is killed, and the cluster goes on
      And the client deletes volume "alpha" as call "one"
      Then the answer is INVALID_REQUEST
      And volume "alpha" is as it was

      Examples:
        | loss       |
        | the leader |
        | every node |

  @LE-RETRY-4 @must @needs:kill-node @needs:configure @disruptive
  Rule: LE-RETRY-4 Expiry is decided from entry time, so that all replicas drop the same memory
    Source: decided here: a memory that each replica dates by its own clock is another one after a failover.
    The key is ozone.om.retry.cache.expiry. Time is counted from the entry that carried the call out, whoever asked since, and
    whichever nodes were restarted.

    Example: Being asked for does not keep a call in memory
      Given the memory of calls lasts 3 seconds
      When the client creates volume "beta" as call "one"
      And the client sends call "one" again more than 2 seconds after its answer
      And the client sends call "one" again more than 3 seconds after its answer
      Then call "one" was remembered for 3 seconds and no longer

    Scenario Outline: <loss> is lost meanwhile
      Given the memory of calls lasts 5 seconds
      When the client creates volume "beta" as call "one"
      And the client sends call "one" again more than 2 seconds after its answer
      And <loss> is killed, and the cluster goes on
      And the client sends call "one" again more than 5 seconds after its answer
      Then call "one" was remembered for 5 seconds and no longer

      Examples:
        | loss       |
        | the leader |
        | every node |
